import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HordeUser, HordeUserRow } from '../../src/sources/horde/wire.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';

const strange = [null, 'text', -1, 0.5, true, [], {}, [null], { amount: 1 }];

test('a row of a list is read field by field in effect, whatever of it does not fit', async () => {
  await using horde = await hordeTwin({ size: 30, limits: false });
  const answer = await fetch(`${horde.apiUrl}/v2/users?page=1`);
  // What a twin sends is a list of objects.
  const rows = (await answer.json()) as Record<string, unknown>[];
  const keys = [...Object.keys(HordeUser.shape), 'unheard_of'];

  const change = fc.record({ key: fc.constantFrom(...keys), to: fc.constantFrom(undefined, ...strange) });
  fc.assert(
    fc.property(fc.constantFrom(...rows), fc.array(change, { maxLength: 4 }), (row, changes) => {
      const changed = { ...row };
      for (const { key, to } of changes) {
        if (to === undefined) delete changed[key];
        else changed[key] = to;
      }

      expect(HordeUserRow.parse(changed)).toEqual(fieldByField(changed));
    }),
    { numRuns: 2_000, seed: 7 },
  );
});

function fieldByField(row: Readonly<Record<string, unknown>>): object {
  const fitting = Object.entries(HordeUser.shape).flatMap(([key, shape]) => {
    const field = shape.safeParse(row[key]);
    return field.success && field.data !== undefined ? [[key, field.data]] : [];
  });
  return Object.fromEntries(fitting);
}
