import fc from 'fast-check';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { type DrawnFault, fault } from './drawn-faults.ts';
import { ownInputs } from './random-own-mutations.ts';

/** What a mutation is aimed at; the pool that its `pick` chooses from. */
export type Aim = 'horde' | 'mcsManager' | 'openWebUI' | 'person' | 'nothing' | 'panelUsers' | 'members';

/** A mutation as it is drawn, before anybody knows who is there when its turn comes. */
export interface DrawnMutation {
  readonly name: string;
  readonly aim: Aim;
  readonly pick: number;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Step =
  | {
      readonly kind: 'mutate';
      readonly mutation: DrawnMutation;
      readonly dryRun: boolean;
      readonly keyed: boolean;
      readonly fault: DrawnFault | null;
    }
  /** An earlier one once more, under its idempotencyKey. */
  | { readonly kind: 'repeat'; readonly pick: number }
  /** Two clients with one account at once. */
  | { readonly kind: 'together'; readonly aim: Aim; readonly pick: number; readonly inputs: readonly [Input, Input] }
  | { readonly kind: 'read' };

type Input = Readonly<Record<string, unknown>>;

/** Undefined as often as not. */
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const instance = (n: number) => ({ daemonId: 'da3a0da3a0da4a3a80da3a0da3a00001', instanceId: `${n}`.repeat(32) });
const instances = fc.subarray([1, 2, 3].map(instance));
const someInstances = fc.subarray([1, 2, 3].map(instance), { minLength: 1 });
const names = fc.constantFrom('one', 'two', 'three', 'four');
const { crew, readers } = sampleGroupIds;

const hordeUser = fc
  .record({
    trusted: maybe(fc.boolean()),
    flagged: maybe(fc.boolean()),
    vpn: maybe(fc.boolean()),
    education: rarely(fc.boolean()),
    concurrency: maybe(fc.constantFrom(0, 30, 44, 200)),
    workerInvited: maybe(fc.nat({ max: 3 })),
    adminComment: maybe(fc.constantFrom('watch them', 'all is well')),
    // The Horde refuses the last one, when all the fields before it are done.
    username: maybe(fc.constantFrom('alba', 'brio', 'damn fool')),
    resetSuspicion: rarely(fc.constant(true)),
  })
  .map(orElse({ trusted: true }));

/** With an administrator's key. Of the first two nothing tells how they stand but the twin. */
const hordeUserByAdmin = fc
  .record({
    usageMultiplier: fc.constantFrom(0.5, 1, 2),
    addKudos: maybe(fc.constantFrom(-1_000_000, -3, 7)),
    contact: maybe(fc.constantFrom('at the quay', 'at the mole')),
    publicWorkers: maybe(fc.boolean()),
  })
  .map(orElse({ usageMultiplier: 1 }));

const panelUser = fc
  .oneof(
    fc.record({ userName: maybe(names), permission: maybe(fc.constantFrom(-1, 1, 5, 10)), isInit: maybe(fc.boolean()) }),
    fc.record({ userName: maybe(names), role: maybe(fc.constantFrom('USER', 'ADMIN', 'BANNED')), instances: maybe(instances) }),
    fc.record({ addInstances: maybe(someInstances), removeInstances: maybe(someInstances), open2FA: maybe(fc.boolean()) }),
  )
  .map(orElse({ isInit: true }));

const chatUser = fc
  .record({
    name: maybe(fc.constantFrom('Ann', 'Ben', 'Cleo')),
    email: maybe(fc.constantFrom('ann@x.example', 'ben@x.example')),
    role: maybe(fc.constantFrom('user', 'pending', 'admin')),
    password: rarely(fc.constantFrom('tide turns at 8', 'tide turns at 9')),
  })
  .map(orElse({ name: 'Ann' }));

const grants = fc
  .subarray(
    [
      ['chat', 'delete'],
      ['chat', 'edit'],
      ['features', 'web_search'],
      // No release knows it, and none says so.
      ['chat', 'lantern'],
    ],
    { minLength: 1 },
  )
  .chain((keys) => fc.tuple(...keys.map(([section, key]) => fc.boolean().map((allowed) => ({ section, key, allowed })))));

const draw = (name: string, aim: Aim, input: fc.Arbitrary<object> = fc.constant({})): fc.Arbitrary<DrawnMutation> =>
  fc.record({
    name: fc.constant(name),
    aim: fc.constant(aim),
    pick: fc.nat({ max: 99 }),
    input: input.map((own) => ({ ...own })),
  });

const newPanelUser = fc.record({
  userName: names,
  password: fc.constant('Harbour-Light-8'),
  role: maybe(fc.constantFrom('USER', 'ADMIN')),
  instances: maybe(someInstances),
});
const newChatUser = fc.record({
  name: fc.constantFrom('Dov', 'Eli'),
  email: fc.constantFrom('dov@x.example', 'eli@x.example'),
  password: fc.constant('long enough'),
  role: maybe(fc.constantFrom('user', 'admin')),
});
const group = fc.record({ groupId: fc.constantFrom(crew, readers), name: maybe(names), description: names });
const gift = fc.record({ to: fc.constantFrom('horde:104', 'horde:107', 'horde:108'), amount: fc.constantFrom(1, 7, 1_000_000) });

const mutation = fc.oneof(
  { weight: 5, arbitrary: draw('updateHordeUser', 'horde', hordeUser) },
  { weight: 5, arbitrary: draw('updateMcsManagerUser', 'mcsManager', panelUser) },
  { weight: 4, arbitrary: draw('updateOpenWebUIUser', 'openWebUI', chatUser) },
  { weight: 2, arbitrary: draw('transferHordeKudos', 'nothing', gift) },
  { weight: 1, arbitrary: draw('deleteHordeUser', 'horde') },
  { weight: 1, arbitrary: draw('undeleteHordeUser', 'horde') },
  { weight: 1, arbitrary: draw('banMcsManagerUser', 'mcsManager') },
  { weight: 1, arbitrary: draw('unbanMcsManagerUser', 'mcsManager') },
  { weight: 2, arbitrary: draw('createMcsManagerUser', 'nothing', newPanelUser) },
  { weight: 1, arbitrary: draw('deleteMcsManagerUsers', 'panelUsers') },
  {
    weight: 1,
    arbitrary: draw('setOpenWebUIRole', 'openWebUI', fc.record({ role: fc.constantFrom('user', 'pending', 'admin') })),
  },
  { weight: 1, arbitrary: draw('addOpenWebUIUser', 'nothing', newChatUser) },
  { weight: 1, arbitrary: draw('deleteOpenWebUIUser', 'openWebUI') },
  { weight: 2, arbitrary: draw('addOpenWebUIGroupMembers', 'members', fc.record({ groupId: fc.constantFrom(crew, readers) })) },
  {
    weight: 2,
    arbitrary: draw('removeOpenWebUIGroupMembers', 'members', fc.record({ groupId: fc.constantFrom(crew, readers) })),
  },
  { weight: 1, arbitrary: draw('updateOpenWebUIGroup', 'nothing', group) },
  { weight: 2, arbitrary: draw('updateOpenWebUIDefaultPermissions', 'nothing', fc.record({ grants })) },
  { weight: 2, arbitrary: draw('updateHordeUser', 'horde', hordeUserByAdmin) },
  {
    weight: 1,
    arbitrary: draw(
      'setMcsManagerPassword',
      'mcsManager',
      fc.record({ password: fc.constantFrom('Harbour-Light-8', 'Harbour-Light-9'), switchOff2FA: fc.constant(true) }),
    ),
  },
  ...Object.entries(ownInputs).map(([name, input]) => ({ weight: 1, arbitrary: draw(name, 'nothing', input) })),
  { weight: 1, arbitrary: draw('deleteUser', 'person') },
  { weight: 1, arbitrary: draw('banUser', 'person') },
  { weight: 1, arbitrary: draw('unbanUser', 'person') },
);

const once = (odds: number): fc.Arbitrary<boolean> => fc.nat({ max: odds - 1 }).map((drawn) => drawn === odds - 1);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('mutate' as const),
      mutation,
      dryRun: once(8),
      keyed: fc.boolean(),
      fault: fc.option(fault, { nil: null, freq: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), pick: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: together('horde', hordeUser) },
  { weight: 1, arbitrary: together('mcsManager', panelUser) },
  { weight: 1, arbitrary: together('openWebUI', chatUser) },
  { weight: 2, arbitrary: fc.constant({ kind: 'read' as const }) },
);

export const sequence = fc.array(step, { minLength: 10, maxLength: 20 });

function together(aim: Aim, input: fc.Arbitrary<Input>): fc.Arbitrary<Step> {
  return fc.record({
    kind: fc.constant('together' as const),
    aim: fc.constant(aim),
    pick: fc.nat({ max: 99 }),
    inputs: fc.tuple(input, input),
  });
}

/** Without what is undefined, and never empty. */
function orElse(least: Input): (drawn: Input) => Input {
  return (drawn) => {
    const given = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
    return Object.keys(given).length === 0 ? least : given;
  };
}
