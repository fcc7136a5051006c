import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import type { Field } from './validation.ts';

export const text: Field<string> = {
  read: (input, loc) =>
    typeof input === 'string'
      ? { value: input }
      : { faults: [{ type: 'string_type', loc, msg: 'Input should be a valid string', input }] },
};

export const flag: Field<boolean> = {
  read: (input, loc) =>
    typeof input === 'boolean'
      ? { value: input }
      : { faults: [{ type: 'bool_parsing', loc, msg: 'Input should be a valid boolean, unable to interpret input', input }] },
};

export const object: Field<JsonObject> = {
  read: (input, loc) =>
    isObject(input)
      ? { value: input }
      : { faults: [{ type: 'dict_type', loc, msg: 'Input should be a valid dictionary', input }] },
};

/** Takes numeric text too: `"12"` is 12, `1.5` is refused. */
export const wholeNumber: Field<number> = {
  read: (input, loc) => {
    if (typeof input === 'number' && !Number.isInteger(input)) {
      const msg = 'Input should be a valid integer, got a number with a fractional part';
      return { faults: [{ type: 'int_from_float', loc, msg, input }] };
    }
    if (typeof input === 'number') return { value: input };
    if (typeof input === 'string' && isWhole(input)) return { value: Number(input) };
    return { faults: [notWhole(input, loc)] };
  },
};

export const textList: Field<readonly string[]> = {
  read: (input, loc) => {
    if (!Array.isArray(input)) return { faults: [{ type: 'list_type', loc, msg: 'Input should be a valid list', input }] };
    // The guard above does not carry the element type through a readonly union.
    const items = input as readonly Json[];
    const texts = items.filter((item) => typeof item === 'string');
    if (texts.length === items.length) return { value: texts };
    const at = items.findIndex((item) => typeof item !== 'string');
    return {
      faults: [{ type: 'string_type', loc: [...loc, at], msg: 'Input should be a valid string', input: items[at] ?? null }],
    };
  },
};

export const date: Field<string> = {
  read: (input, loc) =>
    typeof input === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(input) && !Number.isNaN(Date.parse(input))
      ? { value: input }
      : { faults: [{ type: 'date_from_datetime_parsing', loc, msg: 'Input should be a valid date or datetime', input }] },
};

/** Null is taken as null, absence as the fallback. */
export const optional = <T, F>(field: Field<T>, fallback: F): Field<T | F | null> => ({
  read: (input, loc) => (input === null ? { value: null } : field.read(input, loc)),
  absent: { value: fallback },
});

/** Digits that may carry a sign, blanks around them and a fraction of zeros. */
export const isWhole = (input: string): boolean => /^\s*[+-]?\d+(\.0*)?\s*$/.test(input);

export const notWhole = (input: Json, loc: readonly (string | number)[]) => ({
  type: 'int_parsing',
  loc,
  msg: 'Input should be a valid integer, unable to parse string as an integer',
  input,
});
