import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Actor, actorKeys, canaryPattern, castActors, plantCanaries } from '../access/actors.ts';
import { startKeeping } from './counting.ts';

const ids = cast.map(({ horde, mcsManager, openWebUI }) =>
  horde !== undefined ? `horde:${horde}` : mcsManager !== undefined ? `mcsmanager:${mcsManager}` : `webui:${openWebUI}`,
);
const hidden = 'horde { kudos contact adminComment } mcsManager { username instances { nickname } } openWebUI { name gender }';
const operations = [
  `{ usersById(ids: ${JSON.stringify(ids)}) { id ${hidden} } }`,
  `{ user(id: "horde:103") { id ${hidden} } }`,
  '{ hordeAccounts(first: 30) { edges { node { id username contact adminComment } } } }',
  '{ mcsManagerAccounts(first: 10) { edges { node { id username instances { nickname } } } } }',
  '{ openWebUIAccounts(first: 10, orderBy: EMAIL) { edges { node { id name gender groups { name } } } } }',
  '{ searchUsers(query: "chidi") { users { id } sources { outcome code } } }',
];

const rounds = 60;

test(`in ${rounds} random interleavings of eleven callers nothing that is kept for one is told to another`, async () => {
  await using keeping = await startKeeping({
    size: 24,
    horde: { limits: false, shiftTies: false },
    mcsManager: { rateLimits: false },
    config: (input) => ({ ...input, access: { keys: actorKeys } }),
  });
  const { rollcall } = keeping;
  plantCanaries(rollcall.community);
  const actors = castActors(rollcall.community);
  const ask = async ({ headers }: Actor, operation: string) => {
    const { data, errors = [], text } = await rollcall.askText(operation, {}, headers);
    const failures = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).toSorted();
    return { told: JSON.stringify({ data, failures }), canaries: text.match(canaryPattern) ?? [] };
  };
  const alone = new Map<string, string>();
  for (const actor of actors) {
    for (const operation of operations) {
      alone.set(`${actor.name} ${operation}`, (await ask(actor, `query @maxAge(seconds: 0) ${operation}`)).told);
    }
  }
  keeping.calls();
  const seen = { answers: 0, canaries: 0, requests: 0 };
  const asking = fc.record({ actor: fc.constantFrom(...actors), operation: fc.constantFrom(...operations) });

  const property = fc.asyncProperty(fc.array(asking, { minLength: 4, maxLength: 12 }), async (askings) => {
    const answers = await Promise.all(askings.map(async (each) => ({ ...each, ...(await ask(each.actor, each.operation)) })));
    for (const { actor, operation, told, canaries } of answers) {
      expect(canaries.filter((canary) => !actor.shown.some((shown) => shown.test(canary)))).toEqual([]);
      expect(told).toBe(alone.get(`${actor.name} ${operation}`));
      seen.answers += 1;
      seen.canaries += canaries.length;
    }
    seen.requests += keeping.calls();
  });
  await fc.assert(property, { numRuns: rounds, endOnFailure: true });

  // Most answers came from what was kept: without that, each would have taken several requests.
  expect(seen.answers).toBeGreaterThan(rounds * 4);
  expect(seen.canaries).toBeGreaterThan(rounds);
  expect(seen.requests).toBeLessThan(seen.answers * 3);
}, 180_000);

test('beside a private fact of the Horde a bad key is shown what is public only where that is at hand', async () => {
  await using keeping = await startKeeping({ size: 24 });
  const ask = async (fields: string) => {
    const { data, errors = [] } = await keeping.rollcall.askText(
      `{ user(id: "horde:103") { horde { ${fields} } } }`,
      {},
      { 'x-source-key-horde': 'nobody-has-this' },
    );
    return { data, errors: errors.map(({ path, extensions }) => `${path?.at(-1)} ${extensions.code}`), calls: keeping.calls() };
  };
  const { kudos } = keeping.rollcall.community.horde.world.users.get(103) ?? {};

  const unknown = await ask('kudos contact');
  const open = await ask('kudos');
  const known = await ask('kudos contact');

  const refused = 'contact SOURCE_UNAUTHORIZED';
  expect(unknown).toEqual({
    data: { user: { horde: { kudos: null, contact: null } } },
    errors: ['kudos SOURCE_UNAUTHORIZED', refused],
    calls: 1,
  });
  expect(open).toEqual({ data: { user: { horde: { kudos } } }, errors: [], calls: 1 });
  expect(known).toEqual({ data: { user: { horde: { kudos, contact: null } } }, errors: [refused], calls: 1 });
});
