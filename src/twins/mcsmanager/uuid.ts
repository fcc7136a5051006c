import type { Random } from '../random.ts';

/** A version 4 uuid as the panel writes it: 32 hex digits, no dashes. */
export function plainUuid(random: Random): string {
  const digits = random.hex(30);
  return `${digits.slice(0, 12)}4${digits.slice(12, 15)}8${digits.slice(15)}`;
}
