import type { Redaction } from './redaction.ts';

/**
 * Clears a finished line of secrets, value by value: it stays JSON with the keys it had. What callers bring as a secret may be any text
 * that they please, before anybody has looked who they are, so it takes nothing out of what Rollcall itself has made or checked: nobody
 * is to hide by it who did what.
 */
export function clearLine(line: string, redaction: Redaction): string {
  // Hardly any line has one.
  if (!redaction.isIn(line)) return line;
  // Pino makes an object of whatever it is given.
  const values = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const ours = oursIn(values.msg);
  const cleared = Object.entries(values).map(([name, value]) => {
    if (name === 'level' || name === 'time' || (name === 'msg' && ours !== undefined)) return [name, value];
    const { redact, redactLasting } = redaction;
    return [name, clearTexts(value, ours?.includes(name) ? redactLasting : redact, redactLasting)];
  });
  return `${JSON.stringify(Object.fromEntries(cleared))}\n`;
}

/** `clearLasting`: for names within, which callers must not make unreadable. */
function clearTexts(value: unknown, clear: Clear, clearLasting: Clear): unknown {
  if (typeof value === 'string') return clear(value);
  if (Array.isArray(value)) return value.map((item) => clearTexts(item, clear, clearLasting));
  if (typeof value !== 'object' || value === null) return value;
  const cleared = Object.entries(value).map(([name, item]) => [clearLasting(name), clearTexts(item, clear, clearLasting)]);
  return Object.fromEntries(cleared);
}

type Clear = (text: string) => string;

const oursIn = (message: unknown): readonly string[] | undefined =>
  typeof message === 'string' && Object.hasOwn(lines, message) ? lines[message] : undefined;

const ofWrites = [
  'id',
  'caller',
  'credential',
  'source',
  'operation',
  'target',
  'phase',
  'fields',
  'receipt',
  'problems',
  'code',
];

/**
 * Every message that is logged, and which values beside it are ours. Those that are not named hold what a client, a source or a library
 * has said, such as the name of an operation; so does all of a line with another message.
 */
export const lines: Readonly<Record<string, readonly string[]>> = {
  operation: ['caller'],
  'write begun': ofWrites,
  write: ofWrites,
  'write looked after': ofWrites,
  'audit not written': [],
  'attempt not noted in the journal, so nothing was sent': ['journal'],
  'outcome not noted in the journal': ['journal'],
  'unexpected error': [],
  'source error': ['source', 'code'],
  'caller refused': ['reason'],
  'a source fails and is not asked for now': ['source', 'breaker', 'counts'],
  'a source is well again': ['source', 'breaker', 'counts'],
  'one request finds out whether a source is well again': ['source', 'breaker', 'counts'],
  'the budget for a source is used up for now': ['source'],
  'there is a budget for a source again': ['source'],
  'a route of a source may not be asked for now': ['source', 'route'],
  'a route of a source may be asked again': ['source', 'route'],
  'the shared cache is in use': [],
  'the shared cache is away, going on without it': [],
  'the shared cache is back': [],
  'the shared cache refuses what it is asked for': [],
  'the keys for tokens were read again': [],
  'the file with the keys for tokens cannot be used; the former keys still hold': [],
  'the keys for tokens cannot be fetched': [],
  'a key for tokens cannot be used': ['fault'],
  'the keys file was read again': [],
  'the keys file cannot be used; what it said before still holds': [],
  'faulty entries of the keys file are left out; the others hold': [],
  'lines are missing from the log, whose reader did not keep up': [],
  serving: ['graphql', 'sources'],
  stopping: ['signal'],
  'connections cut off': [],
};
