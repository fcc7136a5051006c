/** The command line cannot be understood; the message says why, and is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
