import type { ChangeResult } from '../change-result.ts';
import type { Place } from '../define-mutation.ts';

/** An account id says no more than the number in it. */
export function recipient(to: string, { open }: Place): string {
  const prefix = `${open.source.id}:`;
  const number = to.startsWith(prefix) ? to.slice(prefix.length) : '';
  return /^\d+$/.test(number) ? number : to;
}

/** What the source said of it. */
export function received({ outcome }: ChangeResult, name: string): number | null {
  const amount = outcome.receipt[name];
  return typeof amount === 'number' ? amount : null;
}
