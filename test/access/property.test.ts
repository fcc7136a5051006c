import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { listenDirectly } from '../app/direct-door.ts';
import { type Answer, askTextBy, type Rollcall, startRollcall } from '../app/rollcall.ts';
import { type Actor, actorKeys, canaryPattern, castActors, plantCanaries } from './actors.ts';

const private_ = `
  horde { kudos contact adminComment }
  mcsManager { username instances { nickname } }
  openWebUI { name gender }
`;
const accountIds = cast.map(({ horde, mcsManager, openWebUI }) =>
  horde !== undefined ? `horde:${horde}` : mcsManager !== undefined ? `mcsmanager:${mcsManager}` : `webui:${openWebUI}`,
);
const ids = JSON.stringify(accountIds);

const operations = [
  `{ usersById(ids: ${ids}) { id ${private_} } }`,
  `{ user(id: "horde:103") { id ${private_} } }`,
  `{ user(id: "horde:104") { id horde { contact adminComment monthlyKudos { amount } } } }`,
  `{ nodes(ids: ${ids}) { id ... on User { ${private_} } } }`,
  '{ hordeAccounts(first: 30) { edges { node { id username contact adminComment } } } }',
  '{ mcsManagerAccounts(first: 10) { edges { node { id username instances { nickname } } } } }',
  '{ openWebUIAccounts(first: 10, orderBy: EMAIL) { edges { node { id name gender } } } }',
  `{ viewer { kind name scopes accounts { id username
      ... on HordeAccount { contact adminComment }
      ... on McsManagerAccount { instances { nickname } }
      ... on OpenWebUIAccount { gender } } } }`,
];

const interleavings = 250;

test.each([
  { door: 'through Yoga', crowd: 1 },
  // There operations are shared: each is asked by several at once, who must be found out to be the same.
  { door: 'directly', crowd: 3 },
] as const)(
  `in ${interleavings} random interleavings $door nobody is shown what their own keys and scopes do not show`,
  async ({ door, crowd }) => {
    await using started = await startRollcall({
      size: 24,
      horde: { limits: false, shiftTies: false },
      mcsManager: { rateLimits: false },
      config: (input) => ({ ...input, access: { keys: actorKeys } }),
    });
    await using rollcall =
      door === 'directly' ? await askedDirectly(started) : { ...started, [Symbol.asyncDispose]: async () => {} };
    const { community } = rollcall;
    plantCanaries(community);
    const actors = castActors(community);
    const alone = await answersAlone(rollcall, actors);
    const twins = [community.horde, community.mcsManager, community.openWebUI];
    const seen = { operations: 0, together: 0, canaries: 0, requests: 0 };

    const asking = fc.record({
      actor: fc.nat({ max: actors.length - 1 }),
      operation: fc.nat({ max: operations.length - 1 }),
      startsAfter: fc.nat({ max: 3 }),
    });
    // Late answers let others overtake them.
    const lateness = fc.array(fc.record({ twin: fc.nat({ max: 2 }), after: fc.nat({ max: 8 }), ms: fc.nat({ max: 12 }) }), {
      maxLength: 6,
    });

    const property = fc.asyncProperty(fc.array(asking, { minLength: 3, maxLength: 8 }), lateness, async (askings, delays) => {
      for (const { twin, after, ms } of delays) twins[twin]?.faults.add({ after, times: 2, fault: { kind: 'delay', ms } });
      let underway = 0;
      let most = 0;
      const answers = await Promise.all(
        askings
          .flatMap((asking) => Array.from({ length: crowd }, () => asking))
          .map(async ({ actor, operation, startsAfter }) => {
            await new Promise((resolve) => setTimeout(resolve, startsAfter));
            most = Math.max(most, ++underway);
            const answer = await ask(rollcall, at(actors, actor), at(operations, operation));
            underway -= 1;
            return { actor: at(actors, actor), answer, expected: alone.get(keyFor(actor, operation)) };
          }),
      );

      for (const { actor, answer, expected } of answers) {
        const canaries = canariesIn(answer);
        expect(
          canaries.filter((canary) => !actor.shown.some((shown) => shown.test(canary))),
          actor.name,
        ).toEqual([]);
        expect(comparable(answer), actor.name).toEqual(expected);
        seen.canaries += canaries.length;
      }
      const present = answers.map(({ actor }) => actor);
      for (const [source, requests] of Object.entries(keysAsked(rollcall))) {
        // The three names of the two objects are the same.
        const allowed = new Set([undefined, ...present.map(({ asks }) => asks[source as keyof Actor['asks']])]);
        expect(
          [...requests].filter((key) => !allowed.has(key)),
          source,
        ).toEqual([]);
        seen.requests += requests.size;
      }
      seen.operations += askings.length;
      if (most > 1) seen.together += 1;
    });
    property.beforeEach(() => {
      for (const twin of twins) twin.faults.clear();
      for (const twin of twins) twin.forget();
    });
    await fc.assert(property, { numRuns: interleavings, seed: 20_260_117 });

    if (door === 'directly') {
      const shared = rollcall.logged.filter((line) => line.includes('"shared":true')).length;
      // Of three who ask for the same at the same moment, two mostly find it under way.
      expect(shared).toBeGreaterThan(seen.operations);
    }
    // It has been about something: operations did run at once, and what may be seen was.
    expect(seen.together).toBeGreaterThanOrEqual(200);
    expect(seen.canaries).toBeGreaterThan(interleavings * 10);
    expect(seen.operations).toBeGreaterThan(interleavings * 3);
  },
  240_000,
);

test('every actor is shown something of what they may see, when they ask alone', async () => {
  await using rollcall = await startRollcall({
    size: 24,
    horde: { limits: false },
    mcsManager: { rateLimits: false },
    config: (input) => ({ ...input, access: { keys: actorKeys } }),
  });
  plantCanaries(rollcall.community);

  for (const actor of castActors(rollcall.community)) {
    const shown = new Set<string>();
    for (const operation of operations) for (const canary of canariesIn(await ask(rollcall, actor, operation))) shown.add(canary);
    for (const pattern of actor.shown)
      expect(
        [...shown].some((canary) => pattern.test(canary)),
        `${actor.name}: ${pattern}`,
      ).toBe(true);
  }
});

/** The same, behind a socket and asked by plain POSTs. */
async function askedDirectly(rollcall: Rollcall): Promise<Rollcall> {
  const door = await listenDirectly(rollcall.app);
  return { ...rollcall, askText: askTextBy(door.fetch), [Symbol.asyncDispose]: door.close };
}

const ask = (rollcall: Rollcall, { headers }: Actor, operation: string): Promise<Answer<unknown>> =>
  rollcall.askText(operation, {}, headers);

/** The yardstick: each actor and operation with nobody else about. */
async function answersAlone(rollcall: Rollcall, actors: readonly Actor[]): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  for (const [actor, each] of actors.entries()) {
    for (const [operation, text] of operations.entries()) {
      answers.set(keyFor(actor, operation), comparable(await ask(rollcall, each, text)));
    }
  }
  rollcall.calls();
  return answers;
}

const keyFor = (actor: number, operation: number): string => `${actor} ${operation}`;

/** Errors come in the order in which fields failed, which says nothing. */
function comparable({ status, data, errors = [] }: Answer<unknown>): unknown {
  const sorted = errors.map(({ path, message, extensions }) => JSON.stringify([path, message, extensions])).toSorted();
  return { status, data, errors: sorted };
}

const canariesIn = ({ text }: Answer<unknown>): string[] => text.match(canaryPattern) ?? [];

/** With which keys each twin was asked. Undefined stands for no key. */
function keysAsked({
  community: { horde, mcsManager, openWebUI },
}: Rollcall): Record<keyof Actor['asks'], Set<string | undefined>> {
  // A header that is sent once comes as one text.
  const only = (header: string | string[] | undefined): string | undefined => [header].flat()[0];
  return {
    horde: new Set(horde.requests.map(({ headers }) => only(headers.apikey))),
    mcsManager: new Set(mcsManager.requests.map(({ headers }) => only(headers['x-request-api-key']))),
    openWebUI: new Set(openWebUI.requests.map(({ headers }) => headers.authorization?.replace('Bearer ', ''))),
  };
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error(`there is no number ${index}`);
  return item;
}
