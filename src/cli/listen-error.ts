/** What `listen` of a server fails with: a port that is taken, an address that is not this machine's. */
export const isListenError = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'syscall' in error && error.syscall === 'listen' && 'code' in error;
