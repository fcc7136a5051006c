import type { Told } from './telling.ts';
import { agrees, type Truth } from './twin-truth.ts';

/** What Rollcall last said of each field of each thing, until a later write makes that old. */
export interface LastSaid {
  /** `thing`: an account, a group, or whatever else the fields are of. */
  hear(thing: string, told: Told, truth: Truth): void;
  /** Nobody can say any more what this is; without a field, all of the thing. */
  forget(thing: string, field?: string): void;
  /** What it said and is not so. */
  untruths(): string[];
  readonly size: number;
}

export function createLastSaid(): LastSaid {
  const said = new Map<string, { readonly field: string; readonly value: unknown; readonly truth: Truth }>();
  const keyOf = (thing: string, field: string): string => `${thing} ${stored(field)}`;

  const forget: LastSaid['forget'] = (thing, field) => {
    for (const key of said.keys()) {
      if (field === undefined ? key.startsWith(`${thing} `) : key === keyOf(thing, field)) said.delete(key);
    }
  };

  return {
    forget,
    hear: (thing, { fields, sent }, truth) => {
      for (const { name, verdict, after, requested } of fields) {
        if (sent) for (const moved of movedBy[name] ?? []) forget(thing, moved);
        if (name === 'deleted' && verdict !== 'NOT_SENT') forget(thing);
        if (verdict === 'UNKNOWN' || verdict === 'ACCEPTED') forget(thing, name);
        // Null: it could not be read back, which says nothing; unless none was asked for.
        const isTold =
          (after !== null || (requested === null && verdict === 'APPLIED')) &&
          ['APPLIED', 'UNCHANGED', 'NOT_APPLIED'].includes(verdict);
        if (isTold && requested !== '[secret]') said.set(keyOf(thing, name), { field: name, value: after, truth });
      }
    },
    untruths: () =>
      [...said]
        .filter(([, { field, value, truth }]) => !agrees(truth(field), value))
        .map(
          ([key, { field, value, truth }]) =>
            `${key} was last told as ${JSON.stringify(value)}, and is ${JSON.stringify(truth(field))}`,
        ),
    get size() {
      return said.size;
    },
  };
}

/** Different names for one thing that is stored. */
export const stored = (field: string): string => sameAs[field] ?? field;

const sameAs: Readonly<Record<string, string>> = {
  role: 'permission',
  addInstances: 'instances',
  removeInstances: 'instances',
  undelete: 'markedForDeletion',
};

/** What a field moves beside itself. */
export const movedBy: Readonly<Record<string, readonly string[]>> = { education: ['concurrency'] };
