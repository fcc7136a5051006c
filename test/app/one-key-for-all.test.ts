import { afterEach, describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { communityConfig, startCommunity } from '../../src/twins/community.ts';
import { post } from '../direct/corpus.ts';
import { openGate } from '../direct/gate.ts';
import { openDoor } from '../direct/two-doors.ts';

const [ada, bao] = cast;
if (ada === undefined || bao === undefined) throw new Error('nobody is in the cast');

interface Kind {
  readonly id: string;
  readonly twin: 'horde' | 'mcsManager' | 'openWebUI';
}

const kindsOfSources: readonly Kind[] = [
  { id: 'horde', twin: 'horde' },
  { id: 'mcsmanager', twin: 'mcsManager' },
  { id: 'webui', twin: 'openWebUI' },
];

const stack = { current: new AsyncDisposableStack() };
afterEach(async () => {
  await stack.current.disposeAsync();
  stack.current = new AsyncDisposableStack();
});

/** A server with one key for one source, which it asks for one thing at a time, and a gate before that. Nothing is shared. */
async function startServer({ id, twin }: Kind, isDirect: boolean) {
  const community = stack.current.use(await startCommunity({ size: 24, horde: { limits: false } }));
  const gate = stack.current.use(await openGate(community[twin].apiUrl));
  const http = { concurrency: 1, deadlineMs: 120_000 };
  const sources = communityConfig(community)
    .sources.filter((source) => source.id === id)
    .map((source) => ({ ...source, url: gate.url, http }));
  const config = {
    ...{ sources, links: [], cache: { enabled: false }, sharing: { requests: false, operations: false } },
    edge: { operationDeadlineMs: 120_000, rateLimit: { points: 100_000, burst: 0, addressHeader: 'x-real-ip' } },
  };
  const door = await openDoor(community, config, isDirect);
  stack.current.defer(door.close);
  const ask = async (address: string, query: string) => {
    const { body } = await door.write(...post(JSON.stringify({ query }), { 'x-real-ip': address }));
    return JSON.parse(body);
  };
  return {
    ...{ gate, door, ask },
    waiting: async (): Promise<number> => {
      const { data } = await ask('192.0.2.9', '{ sources { state { waiting } } }');
      return data.sources[0].state.waiting;
    },
    twin: community[twin],
  };
}

describe.each(kindsOfSources)('where all are asked for with one key at $id', (kind) => {
  const idOf = (member: typeof ada) => `${member[kind.twin]}`;
  const read = (member: typeof ada) => `{ user(id: "${kind.id}:${idOf(member)}") { username } }`;

  test.each([
    ['direct path', true],
    ['path through Yoga', false],
  ])('a crowd from one address keeps nobody at another waiting, on the %s', async (_path, isDirect) => {
    const { gate, door, ask, waiting, twin } = await startServer(kind, isDirect);
    // What the key may do is found out by the first who asks, for whom others wait.
    await ask('192.0.2.3', read(ada));
    twin.forget();
    gate.shut();

    const crowd = Array.from({ length: 20 }, () => ask('192.0.2.1', read(ada)));
    await expect.poll(waiting, { timeout: 20_000 }).toBe(19);
    const single = ask('192.0.2.2', read(bao));
    await expect.poll(waiting, { timeout: 20_000 }).toBe(20);
    gate.open();
    const answers = await Promise.all([single, ...crowd]);

    expect(answers.filter(({ errors, data }) => errors !== undefined || data.user === null)).toEqual([]);
    const about = twin.requests.map(({ path, query }) => `${path}?${query}`.includes(idOf(bao)));
    expect(about.filter((isBao) => isBao)).toHaveLength(1);
    // One of the crowd was under way, and another may have had the turn before.
    expect(about.indexOf(true)).toBeLessThanOrEqual(2);
    expect(about).toHaveLength(21);
    expect(door.logged.join()).not.toContain('192.0.2.');
  });
});
