import { z } from 'zod';

interface WholeDef extends z.core.$ZodNumberDef {
  readonly least: number;
  readonly most: number;
}

/**
 * Whole numbers from one to another, both among them. Zod's own say the same by a number and checks behind it, which takes a page of users
 * half as long again.
 */
const Whole = z.core.$constructor<z.ZodNumber, WholeDef>('Whole', (type, def) => {
  z.ZodNumber.init(type, def);
  const { least, most } = def;
  type._zod.parse = (payload) => {
    const { value } = payload;
    const fits = Number.isInteger(value) && value >= least && value <= most;
    if (!fits) payload.issues.push({ code: 'invalid_type', expected: 'int', input: value, inst: type });
    return payload;
  };
});

const within = (least: number, most: number): z.ZodNumber => new Whole({ type: 'number', checks: [], least, most });

/** As many as `Int` of GraphQL tells. */
export const int32 = (): z.ZodNumber => within(-(2 ** 31), 2 ** 31 - 1);

/** The same, and none below zero. */
export const count32 = (): z.ZodNumber => within(0, 2 ** 31 - 1);

/** As many as a number of JavaScript tells for sure. */
export const safeInt = (): z.ZodNumber => within(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
