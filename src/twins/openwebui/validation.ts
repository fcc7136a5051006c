import type { Json } from './json.ts';
import { isObject, type JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';

/** One complaint of a 422, as FastAPI words it. */
export interface ValidationFault {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: Json;
  readonly ctx?: JsonObject;
}

type Place = ValidationFault['loc'];
type Outcome<T> = { readonly value: T } | { readonly faults: readonly ValidationFault[] };

/** Reads one value of a form, or says what is wrong with it. */
export interface Field<T> {
  readonly read: (value: Json, loc: Place) => Outcome<T>;
  /** What an absent value stands for. Without it the field is required. */
  readonly absent?: { readonly value: T };
}

export type Form<F extends Record<string, Field<unknown>>> = {
  readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never;
};

/** The fields of a JSON body; a 422 that lists all faults when it does not fit. */
export function readForm<F extends Record<string, Field<unknown>>>(body: Buffer, fields: F): Form<F> {
  const input = readJson(body);
  if (!isObject(input)) throw new Refusal(422, [notAnObject(input)]);
  const faults: ValidationFault[] = [];
  const form: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = input[name];
    if (value === undefined) {
      if (field.absent) form[name] = field.absent.value;
      else faults.push({ type: 'missing', loc: ['body', name], msg: 'Field required', input });
      continue;
    }
    const outcome = field.read(value, ['body', name]);
    if ('faults' in outcome) faults.push(...outcome.faults);
    else form[name] = outcome.value;
  }
  if (faults.length > 0) throw new Refusal(422, faults);
  // Every field was read by its own reader or took its own default.
  return form as Form<F>;
}

/** A JSON body that may hold any keys. */
export function readObject(body: Buffer): JsonObject {
  const input = readJson(body);
  if (isObject(input)) return input;
  throw new Refusal(422, [{ type: 'dict_type', loc: ['body'], msg: 'Input should be a valid dictionary', input }]);
}

function readJson(body: Buffer): Json {
  if (body.length === 0) throw new Refusal(422, [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }]);
  try {
    // What JSON.parse gives is JSON.
    return JSON.parse(body.toString()) as Json;
  } catch {
    const ctx = { error: 'Expecting value' };
    throw new Refusal(422, [{ type: 'json_invalid', loc: ['body', 0], msg: 'JSON decode error', input: {}, ctx }]);
  }
}

const notAnObject = (input: Json): ValidationFault => ({
  type: 'model_attributes_type',
  loc: ['body'],
  msg: 'Input should be a valid dictionary or object to extract fields from',
  input,
});
