/** Why Redis is not asked, in words of ours: its own, and those of the library, hold addresses and commands. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'the host’s address cannot be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection takes too long',
  ECONNRESET: 'the connection was broken off',
  EPIPE: 'the connection was broken off',
  WRONGPASS: 'the user or password is not accepted',
  NOAUTH: 'it wants a password',
  NOPERM: 'its user may not do what is needed',
  READONLY: 'it takes no changes',
  OOM: 'it is full',
  MISCONF: 'it takes no changes',
  LOADING: 'it is still starting',
  MASTERDOWN: 'it has lost its primary',
  WRONGTYPE: 'something else stands under its names',
  LATE: 'it does not answer',
  SLOW: 'it answers too slowly',
};

/** Of an error, or of a word above. */
export function reasonOf(trouble: unknown): string {
  const word = typeof trouble === 'string' ? trouble : wordOf(trouble);
  if (trouble instanceof Error && trouble.name === 'ReplyError') return reasons[word] ?? 'it answers with an error';
  return reasons[word] ?? (/CERT|SSL|TLS/.test(word) ? 'its certificate is not accepted' : 'the connection failed');
}

/** The system's and TLS's errors have a code; Redis' begin with a word in capitals. */
function wordOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error ? String(error.code) : '';
  return code === '' ? (/^[A-Z]+/.exec(error.message)?.[0] ?? '') : code;
}
