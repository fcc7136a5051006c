import { expect, test } from 'vitest';
import type { FieldOutcome, WriteOutcome } from '../../src/writing/change.ts';
import { findPlaceholders } from '../../src/writing/placeholders.ts';
import { settle } from '../../src/writing/settling.ts';

const field = (name: string, verdict: FieldOutcome['verdict']): FieldOutcome => ({
  name,
  requested: 'new',
  before: 'old',
  after: 'old',
  verdict,
});

const outcome = (fields: readonly FieldOutcome[], unknown: readonly string[]): WriteOutcome => ({
  sent: true,
  fields,
  problems: [{ kind: 'UNKNOWN_OUTCOME', fields: unknown, message: `It cannot be known: ${unknown.join(', ')}.` }],
  id: null,
  receipt: {},
});

test('a look that sees less than the first one doubts nothing that was settled', () => {
  const first = outcome([field('name', 'NOT_APPLIED'), field('password', 'UNKNOWN')], ['password']);
  const second = outcome([field('name', 'UNKNOWN'), field('password', 'UNKNOWN')], ['name', 'password']);

  const settled = settle(first, second);

  expect(settled.fields.map(({ name, verdict }) => [name, verdict])).toEqual([
    ['name', 'NOT_APPLIED'],
    ['password', 'UNKNOWN'],
  ]);
  expect(settled.problems).toEqual([expect.objectContaining({ kind: 'UNKNOWN_OUTCOME', fields: ['password'] })]);
});

test.for([
  ['[masked]', true],
  [' [SECRET] ', true],
  ['https://[masked]@host.example/x?token=[masked]', true],
  [{ deep: ['__MCSM_SECRET_DATA__'] }, true],
  ['a secret, [secret] of old', false],
  ['https://host.example/x', false],
] as const)('%o is told apart from what is shown in the place of a secret: %s', ([wanted, isPlaceholder]) => {
  // As much of a write as is looked at.
  const write = { sort: 'change', fields: [{ name: 'avatarUrl', wanted }] } as unknown as Parameters<typeof findPlaceholders>[0];

  expect(findPlaceholders(write).map((fault) => fault.field)).toEqual(isPlaceholder ? ['avatarUrl'] : []);
});
