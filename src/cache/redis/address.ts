/** Where a Redis is and how to sign in there. */
export interface RedisAddress {
  readonly host: string;
  readonly port: number;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly db: number;
  readonly tls: boolean;
}

/** Null for what is no address of a Redis. It takes no options behind a question mark: they are not for the address to say. */
export function parseRedisUrl(text: string): RedisAddress | null {
  const url = URL.parse(text);
  const db = /^\/?(\d{0,4})$/.exec(url?.pathname ?? '-')?.[1];
  const username = decode(url?.username ?? '');
  const password = decode(url?.password ?? '');
  if (url === null || db === undefined || username === null || password === null) return null;
  if (!['redis:', 'rediss:'].includes(url.protocol) || url.hostname === '' || url.search !== '' || url.hash !== '') return null;
  // What stands alone before the @ may be meant as a password, and would not be kept out of the log.
  if (username !== '' && password === '') return null;
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? 6_379 : Number(url.port),
    username: username === '' ? undefined : username,
    password: password === '' ? undefined : password,
    db: Number(db),
    tls: url.protocol === 'rediss:',
  };
}

/** What must not stand in a log: the password, as it is and as the address spells it. */
export function secretsInRedisUrl(text: string): string[] {
  const spelled = URL.parse(text)?.password ?? '';
  const password = parseRedisUrl(text)?.password;
  return password === undefined ? [] : [...new Set([password, spelled])];
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
