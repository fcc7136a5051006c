import fc from 'fast-check';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';

type Input = Readonly<Record<string, unknown>>;

/** Undefined as often as not. */
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });
const rarely = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const sometimes = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const instance = (n: number) => ({ daemonId: 'da3a0da3a0da4a3a80da3a0da3a00001', instanceId: `${n}`.repeat(32) });
const instances = fc.subarray([1, 2, 3].map(instance));
const someInstances = fc.subarray([1, 2, 3].map(instance), { minLength: 1 });
const names = fc.constantFrom('one', 'two', 'three', 'four');
const { crew, readers } = sampleGroupIds;

export const hordeUser = fc
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
    ifUnchanged: sometimes(
      fc.record({ vpn: fc.boolean(), adminComment: fc.constantFrom('watch them', null) }, { requiredKeys: [] }),
    ),
  })
  .map(orElse({ trusted: true }));

/** With an administrator's key. Of the first two nothing tells how they stand but the twin. */
export const hordeUserByAdmin = fc
  .record({
    usageMultiplier: fc.constantFrom(0.5, 1, 2),
    addKudos: maybe(fc.constantFrom(-1_000_000, -3, 7)),
    contact: maybe(fc.constantFrom('at the quay', 'at the mole')),
    publicWorkers: maybe(fc.boolean()),
  })
  .map(orElse({ usageMultiplier: 1 }));

export const panelUser = fc
  .oneof(
    fc.record({
      userName: maybe(names),
      permission: maybe(fc.constantFrom(-1, 1, 5, 10)),
      isInit: maybe(fc.boolean()),
      ifUnchanged: sometimes(fc.record({ isInit: fc.boolean() })),
    }),
    fc.record({ userName: maybe(names), role: maybe(fc.constantFrom('USER', 'ADMIN', 'BANNED')), instances: maybe(instances) }),
    fc.record({ addInstances: maybe(someInstances), removeInstances: maybe(someInstances), open2FA: maybe(fc.boolean()) }),
  )
  .map(orElse({ isInit: true }));

export const chatUser = fc
  .record({
    name: maybe(fc.constantFrom('Ann', 'Ben', 'Cleo')),
    email: maybe(fc.constantFrom('ann@x.example', 'ben@x.example')),
    role: maybe(fc.constantFrom('user', 'pending', 'admin')),
    password: rarely(fc.constantFrom('tide turns at 8', 'tide turns at 9')),
    ifUnchanged: sometimes(fc.record({ role: fc.constantFrom('user', 'pending') })),
  })
  .map(orElse({ name: 'Ann' }));

export const grants = fc
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

export const newPanelUser = fc.record({
  userName: names,
  password: fc.constant('Harbour-Light-8'),
  role: maybe(fc.constantFrom('USER', 'ADMIN')),
  instances: maybe(someInstances),
});
export const newChatUser = fc.record({
  name: fc.constantFrom('Dov', 'Eli'),
  email: fc.constantFrom('dov@x.example', 'eli@x.example'),
  password: fc.constant('long enough'),
  role: maybe(fc.constantFrom('user', 'admin')),
});
export const group = fc.record({ groupId: fc.constantFrom(crew, readers), name: maybe(names), description: names });
export const gift = fc.record({
  to: fc.constantFrom('horde:104', 'horde:107', 'horde:108'),
  amount: fc.constantFrom(1, 7, 1_000_000),
});

/** Without what is undefined, and never empty. */
function orElse(least: Input): (drawn: Input) => Input {
  return (drawn) => {
    const given = Object.fromEntries(Object.entries(drawn).filter(([, value]) => value !== undefined));
    return Object.keys(given).every((name) => name === 'ifUnchanged') ? { ...given, ...least } : given;
  };
}
