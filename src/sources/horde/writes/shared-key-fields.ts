import type { HordeSharedKeyWishes } from '../../../domain/accounts/horde-writes.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import { type Fault, InvalidInputError } from '../../../writing/refusals.ts';
import { parseDate } from '../dates.ts';
import type { HordeSharedKeyDetails } from '../wire.ts';
import { type Check, chars, whole } from './checks.ts';

export type SharedKeyFieldName = keyof HordeSharedKeyWishes;

export interface SharedKeyField {
  readonly name: SharedKeyFieldName;
  readonly wire: string;
  readonly check: Check;
  current(details: HordeSharedKeyDetails): string | number | null;
  matches(shown: FieldValue, wanted: FieldValue): boolean;
}

const same = (shown: FieldValue, wanted: FieldValue): boolean => shown === wanted;

const count = whole(-1, 2_147_483_647);

// The Horde enforces none of the bounds that it documents; these keep what it can store.
export const sharedKeyFields: readonly SharedKeyField[] = [
  { name: 'name', wire: 'name', check: chars(1, 255), current: ({ name }) => name ?? null, matches: same },
  { name: 'kudos', wire: 'kudos', check: count, current: ({ kudos }) => kudos, matches: same },
  {
    ...{ name: 'expiresInDays', wire: 'expiry', check: whole(-1, 36_500) },
    current: ({ expiry }) => daysUntil(expiry),
    matches: isSameDay,
  },
  {
    name: 'maxImagePixels',
    wire: 'max_image_pixels',
    check: count,
    current: (details) => details.max_image_pixels,
    matches: same,
  },
  { name: 'maxImageSteps', wire: 'max_image_steps', check: count, current: (details) => details.max_image_steps, matches: same },
  { name: 'maxTextTokens', wire: 'max_text_tokens', check: count, current: (details) => details.max_text_tokens, matches: same },
];

/** The fields that were given. Throws for what cannot be sent. */
export function checkSharedKey(wishes: HordeSharedKeyWishes): readonly SharedKeyField[] {
  const given = sharedKeyFields.filter(({ name }) => wishes[name] != null);
  const faults = given.flatMap(({ name, check }): Fault[] => {
    const message = check(wishes[name]);
    return message === undefined ? [] : [{ field: name, message }];
  });
  if (faults.length > 0) throw new InvalidInputError(faults);
  return given;
}

export const toBody = (fields: readonly SharedKeyField[], wishes: HordeSharedKeyWishes): Readonly<Record<string, unknown>> =>
  Object.fromEntries(fields.map(({ name, wire }) => [wire, wishes[name]]));

const dayMs = 86_400_000;

/** Days from now as the input counts them: whole ones, never is -1. */
function daysUntil(expiry: string | null | undefined): number {
  const date = parseDate(expiry);
  return date === null ? -1 : Math.max(0, Math.round((date.getTime() - Date.now()) / dayMs));
}

/** Whether the days count from this moment or from midnight is the Horde's affair; never is never. */
function isSameDay(shown: FieldValue, wanted: FieldValue): boolean {
  if (typeof shown !== 'number' || typeof wanted !== 'number') return false;
  return shown < 0 || wanted < 0 ? shown === wanted : Math.abs(shown - wanted) <= 1;
}
