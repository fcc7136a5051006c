import { SourceError } from '../errors.ts';
import { isForeseen } from './failures.ts';

export type Attempt<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: unknown };

/** Told of what nobody foresaw, where the outcome must be given all the same. */
export type OnBug = (error: unknown) => void;

export async function attempt<Value>(act: () => Promise<Value>, onBug?: OnBug): Promise<Attempt<Value>> {
  try {
    return { ok: true, value: await act() };
  } catch (error) {
    if (!isForeseen(error)) onBug?.(error);
    return { ok: false, error };
  }
}

/** Milliseconds before a failed look is made again. */
const pause = 150;

/** For a look after something was sent: worth a second try, since without it nobody knows what happened. */
export async function attemptTwice<Value>(look: () => Promise<Value>, onBug?: OnBug): Promise<Attempt<Value>> {
  const first = await attempt(look, onBug);
  if (first.ok || !(first.error instanceof SourceError) || !first.error.retryable) return first;
  await new Promise((resolve) => setTimeout(resolve, pause));
  return attempt(look, onBug);
}
