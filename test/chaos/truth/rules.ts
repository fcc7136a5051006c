import { sourceErrors } from '../../../src/errors.ts';

/** What a source that is ill may cost its own branch. */
export const passing: ReadonlySet<string> = new Set(
  Object.entries(sourceErrors).flatMap(([code, { retryable }]) => (retryable ? [code] : [])),
);

/** What is refused to somebody, in fair weather as in foul. */
export const refusals: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'SOURCE_FORBIDDEN',
  'SOURCE_UNAUTHORIZED',
  'SOURCE_UNSUPPORTED',
]);

/** Whether a client was told a sentence that is ours, and nothing more than belongs there. */
export function isFixedError(error: unknown): error is ToldError {
  if (typeof error !== 'object' || error === null) return false;
  const { message, path, extensions, locations: _locations, ...more } = error as Partial<ToldError> & { locations?: unknown };
  if (Object.keys(more).length > 0 || typeof message !== 'string' || extensions === undefined) return false;
  if (path !== undefined && !Array.isArray(path)) return false;
  const { code, source, retryable, retryAfter, scope, ...others } = extensions;
  if (Object.keys(others).length > 0) return false;
  if (code === 'FORBIDDEN') return typeof scope === 'string' && message === `This needs the scope ${scope} on ${String(source)}.`;
  const known = Object.entries(sourceErrors).find(([name]) => name === code)?.[1];
  if (known === undefined || !message.startsWith(known.message) || retryable !== known.retryable) return false;
  return typeof source === 'string' && (retryAfter === undefined || (Number.isInteger(retryAfter) && Number(retryAfter) > 0));
}

export interface ToldError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}
