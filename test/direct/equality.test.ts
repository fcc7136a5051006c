import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { startCommunity } from '../../src/twins/community.ts';
import { attackSamples, bodySamples, headerSamples, operations, post, type Sample } from './corpus.ts';
import { openDoor, openTwoDoors, type TwoDoors } from './two-doors.ts';

const { key, hash } = createKey();

const configurations = {
  'at home': {},
  'on a network': {
    edge: { introspection: false, suggestions: false, rateLimit: { points: 500, burst: 100 } },
    access: { anonymous: ['read'], keys: [{ name: 'bot', hash, scopes: ['read', 'read:private'] }] },
  },
  'for pages': { edge: { corsOrigins: ['https://members.example', 'https://other.example'] } },
  'with narrow limits': { edge: { maxDepth: 2, maxBodyBytes: 300, maxCalls: 1 } },
};

describe.each(Object.entries(configurations))('both doors answer the same, %s', (_name, config) => {
  let doors: TwoDoors;

  beforeAll(async () => {
    doors = await openTwoDoors(config);
  });

  afterAll(() => doors[Symbol.asyncDispose]());

  const answersTheSame = async ({ pieces }: Sample): Promise<void> => {
    const { ratelimit: _direct, ...direct } = await doors.direct.write(...pieces);
    const { ratelimit: _yoga, ...yoga } = await doors.yoga.write(...pieces);

    expect(direct).toEqual(yoga);
  };

  test.each(operations)('to the operation: $name', answersTheSame);
  test.each(bodySamples)('to the body: $name', answersTheSame);
  test.each(headerSamples)('to the headers: $name', answersTheSame);
  test.each(attackSamples)('to the attack: $name', answersTheSame);

  test('to a caller with a key', async () => {
    const asking = post(
      JSON.stringify({ query: '{ viewer { kind name scopes } user(id: "horde:104") { horde { contact } } }' }),
      {
        'x-rollcall-key': key,
      },
    );

    await answersTheSame({ name: '', pieces: asking });
  });
});

test('who has asked for too much is refused alike, and told alike how they stand', async () => {
  const asked = post(JSON.stringify({ query: '{ viewer { kind } }' }));
  const once = async (directPath: boolean) => {
    await using community = await startCommunity({ size: 24 });
    const door = await openDoor(community, { edge: { rateLimit: { points: 2, burst: 0 } } }, directPath);
    const heard = [await door.write(...asked), await door.write(...asked), await door.write(...asked)];
    await door.close();
    return heard.map(({ status, ratelimit, ...others }) => ({ status, left: /r=\d+/.exec(ratelimit)?.[0], ...others }));
  };

  const [direct, yoga] = [await once(true), await once(false)];

  expect(direct.map(({ status, left }) => [status, left])).toEqual([
    ['HTTP/1.1 200 OK', 'r=1'],
    ['HTTP/1.1 200 OK', 'r=0'],
    ['HTTP/1.1 429 Too Many Requests', 'r=0'],
  ]);
  expect(direct.map(withoutRetry)).toEqual(yoga.map(withoutRetry));
});

/** A second may end between the two. */
const withoutRetry = (heard: object): string => JSON.stringify(heard).replaceAll(/(retry-?after\D+|in )\d+/gi, '$1…');
