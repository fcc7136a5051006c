import fc from 'fast-check';
import type { Aim } from './random-mutations.ts';

/** Undefined as often as not. */
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const given = (drawn: object): object => Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));

const award = fc.record({
  to: fc.constantFrom('horde:104', 'horde:107', 'horde:108'),
  amount: fc.constantFrom(11, -5, 2_000_000),
});

const sharedKey = fc
  .record({
    name: maybe(fc.constantFrom('for guests', 'for the crew')),
    kudos: maybe(fc.constantFrom(-1, 400)),
    expiresInDays: maybe(fc.constantFrom(-1, 30)),
    maxTextTokens: maybe(fc.constantFrom(-1, 512)),
  })
  .map(given);

const permissions = fc.record({
  chat: fc.record({ delete: fc.boolean(), edit: fc.boolean() }, { requiredKeys: ['delete'] }),
});
const groupNames = fc.constantFrom('Night watch', 'Day watch');

const newGroup = fc
  .record({ name: groupNames, description: maybe(fc.constantFrom('up late')), permissions: maybe(permissions) })
  .map(given);

const groupGrants = fc.oneof(
  permissions.map((wanted) => ({ permissions: wanted, permissionsMode: 'REPLACE' })),
  fc.record({
    permissions: fc.record({ chat: fc.record({ delete: fc.constantFrom(true, false, null) }) }),
    permissionsMode: fc.constant('MERGE'),
    name: groupNames,
  }),
);

/** The first of them is what the administrator signs in with at the beginning. */
export const ownPasswords = ['tide turns at 5', 'tide turns at 6', 'tide turns at 7'] as const;

const monthly = fc.record({
  // None but an administrator's key may.
  usageMultiplier: fc.constant(1),
  addMonthlyKudos: fc.constantFrom(500, -200, -1_000_000),
});

/** What is drawn less often, by mutation and what it is aimed at. */
export const furtherInputs: readonly (readonly [string, Aim, fc.Arbitrary<object>])[] = [
  ['awardHordeKudos', 'nothing', award],
  ['updateHordeUser', 'horde', monthly],
  ['createHordeSharedKey', 'nothing', sharedKey],
  ['updateHordeSharedKey', 'sharedKeys', sharedKey.map((wanted) => ({ kudos: 90, ...wanted }))],
  ['deleteHordeSharedKey', 'sharedKeys', fc.constant({})],
  ['setMcsManagerApiKey', 'mcsManager', fc.record({ enabled: fc.boolean() })],
  ['createOpenWebUIApiKey', 'holder', fc.constant({})],
  ['deleteOpenWebUIApiKey', 'holder', fc.constant({})],
  ['createOpenWebUIGroup', 'nothing', newGroup],
  ['updateOpenWebUIGroup', 'groups', groupGrants],
  ['deleteOpenWebUIGroup', 'groups', fc.constant({})],
  [
    'changeOpenWebUIPassword',
    'nothing',
    fc.record({ currentPassword: fc.constantFrom(...ownPasswords), newPassword: fc.constantFrom(...ownPasswords) }),
  ],
];
