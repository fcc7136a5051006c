/** What `listen` of a server fails with: a port that is taken, an address that is not this machine's, a name that leads to none. */
export const isListenError = (error: unknown): error is Error & { code: string; syscall: string } =>
  error instanceof Error &&
  'syscall' in error &&
  (error.syscall === 'listen' || error.syscall === 'getaddrinfo') &&
  'code' in error;

/** What to do about it. What stands for a name may be anything, and is not repeated. */
export function tellListenError({ code, syscall }: { code: string; syscall: string }, host: string, port: number): string {
  if (syscall === 'listen') return `${host}:${port} cannot be listened on (${code}). Set PORT or HOST to another one.`;
  return `server.host (HOST) is no name that leads to an address (${code}). Set it to an address of this machine alone, such as 127.0.0.1 or 0.0.0.0, without http:// and without a port.`;
}
