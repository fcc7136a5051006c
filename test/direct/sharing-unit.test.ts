import { setImmediate as nextTurn } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { describe, expect, test, vi } from 'vitest';
import { anonymous } from '../../src/access/caller.ts';
import { shareKey } from '../../src/direct/share-key.ts';
import { concernsTheFirstAlone, createSharing, type Outcome, waitBeyond } from '../../src/direct/sharing.ts';
import { createWaiting } from '../../src/direct/waiting.ts';
import { headersOf } from '../../src/edge/request-headers.ts';

const key = shareKey(
  { is: 'recognised', caller: anonymous([]) },
  {
    endpoint: '/graphql',
    type: 'application/json',
    wording: '{ viewer { kind } }',
    headers: headersOf({}),
    epoch: 0,
  },
);

type Sharing = ReturnType<typeof createSharing>;

/** Offers an execution that does not end by itself. Gives it, the end of it, and what lets others join. */
function offer(sharing: Sharing, outcome: Promise<Outcome> = new Promise(() => {})) {
  const waiting = createWaiting();
  const request = {};
  const withdraw = sharing.offer(key, request, { waiting, outcome });
  // As the last of the plugins is called; of all that it is told, this looks at these two of the context.
  const onExecute = sharing.plugin.onExecute as (payload: { readonly context: object }) => void;
  return { waiting, withdraw, admit: (maxAge?: number) => onExecute({ context: { request, maxAge: () => maxAge } }) };
}

test('an execution that all have left may not be joined, even while it is ending', async () => {
  const sharing = createSharing(() => 1);
  const { waiting, admit } = offer(sharing);
  admit();
  const before = await sharing.find(key);

  waiting.leave();

  expect(before?.points).toBe(1);
  expect(sharing.find(key)).toBeUndefined();
});

test('who asks before the first who asks alike is admitted waits for that, and joins', async () => {
  const sharing = createSharing(() => 1);
  const first = offer(sharing);
  const found = sharing.find(key);
  const second = offer(sharing);
  const state = vi.fn();
  void Promise.resolve(found).then(state);
  await nextTurn();
  const before = state.mock.calls.length;

  first.admit();

  expect(found).toBeInstanceOf(Promise);
  expect(before).toBe(0);
  expect((await found)?.waiting).toBe(first.waiting);
  second.withdraw();
  expect(sharing.find(key)).toMatchObject({ waiting: first.waiting });
});

test.each<[string, (first: ReturnType<typeof offer>) => void]>([
  ['ends without being admitted', ({ withdraw }) => withdraw()],
  ['is left before it is admitted', ({ waiting }) => waiting.leave()],
  [
    'is left before it is admitted, and is admitted nevertheless',
    ({ waiting, admit }) => {
      waiting.leave();
      admit();
    },
  ],
  ['demands what is newer, and cannot be joined', ({ admit }) => admit(0)],
])('who waits for one that %s goes on alone', async (_what, end) => {
  const sharing = createSharing(() => 1);
  const first = offer(sharing);
  const found = sharing.find(key);

  end(first);

  expect(found).toBeInstanceOf(Promise);
  expect(await found).toBeUndefined();
  expect(sharing.find(key)).toBeUndefined();
});

describe('of those who wait for one that is not admitted', () => {
  /** Who asks as `take` does. Says when they begin by themselves, and whom they join. */
  function crowd(sharing: Sharing, count: number) {
    const begun: { readonly by: number; readonly offered: ReturnType<typeof offer> }[] = [];
    const joined: { readonly by: number; readonly first: unknown }[] = [];
    const come = async (by: number): Promise<void> => {
      const found = await sharing.find(key);
      if (found === undefined) begun.push({ by, offered: offer(sharing) });
      else joined.push({ by, first: found.waiting });
    };
    for (let by = 1; by <= count; by += 1) void come(by);
    return { begun, joined };
  }

  test('the next takes its place, one after the other, until one is admitted whom all others join', async () => {
    const sharing = createSharing(() => 1);
    const first = offer(sharing);
    const { begun, joined } = crowd(sharing, 5);

    first.withdraw();
    await nextTurn();
    const afterOne = begun.map(({ by }) => by);
    begun[0]?.offered.waiting.leave();
    await nextTurn();
    const afterTwo = begun.map(({ by }) => by);
    // What has ended ends nothing again.
    first.withdraw();
    begun[0]?.offered.withdraw();
    await nextTurn();
    begun[1]?.offered.admit();
    await nextTurn();

    expect([afterOne, afterTwo, begun.map(({ by }) => by)]).toEqual([[1], [1, 2], [1, 2]]);
    expect(joined).toEqual([3, 4, 5].map((by) => ({ by, first: begun[1]?.offered.waiting })));
  });

  test('the next goes on as soon as the answer of the first is there, and not in a later turn', async () => {
    const sharing = createSharing(() => 1);
    const { promise: outcome, reject } = Promise.withResolvers<Outcome>();
    offer(sharing, outcome);
    const { begun } = crowd(sharing, 2);

    reject(new Error('it could not be answered'));
    for (let count = 0; count < 10; count += 1) await null;

    expect(begun.map(({ by }) => by)).toEqual([1]);
  });

  test('all join another who asked alike and was admitted before it', async () => {
    const sharing = createSharing(() => 1);
    const first = offer(sharing);
    const { begun, joined } = crowd(sharing, 2);
    const other = offer(sharing);
    other.admit();

    first.withdraw();
    await nextTurn();

    expect([begun, joined]).toEqual([[], [1, 2].map((by) => ({ by, first: other.waiting }))]);
  });

  test('who comes while the next is about to begin waits for it, too', async () => {
    const sharing = createSharing(() => 1);
    const first = offer(sharing);
    const { begun, joined } = crowd(sharing, 2);
    first.withdraw();

    const late = crowd(sharing, 1);
    await nextTurn();
    begun[0]?.offered.admit();
    await nextTurn();

    expect([begun.length, joined.length, late.begun.length, late.joined.length]).toEqual([1, 1, 0, 1]);
  });
});

test('a signal that is looked at after all have left says so', () => {
  const waiting = createWaiting();

  waiting.leave();

  expect([waiting.left().aborted, waiting.ended().aborted]).toEqual([true, true]);
});

test('an answer for which a source was not asked any more is none for those who have time left', () => {
  const answer = { status: 200, headers: [], body: '{}', encoding: 'latin1' } as const;

  const cut = [{}, { 'webui: SOURCE_TIMEOUT': 1 }, { 'horde: SOURCE_TIMEOUT': 1, 'webui: SOURCE_NOT_ASKED': 2 }].map((failures) =>
    concernsTheFirstAlone({ answer, failures }, { msLeft: () => 1_000 }),
  );

  expect(cut).toEqual([false, false, true]);
});

test.each<[string, number, readonly number[], number, boolean]>([
  ['that the first had no time for and who joined has', 3_000, [4], 5_500, true],
  ['that neither has time for', 3_000, [4], 3_005, false],
  ['that the first had time for, and which is no matter of time', 3_000, [2], 5_500, false],
  ['that is the shorter of two, where who joined has no time for the other', 3_000, [60, 4, 1], 5_500, true],
  ['of nobody', 3_000, [], 5_500, false],
])('a wait %s', (_what, firstHad, waits, joinerHas, isTheFirstOnes) => {
  const answer = { status: 200, headers: [], body: '{}', encoding: 'latin1' } as const;
  const errors = [{}, ...waits.map((retryAfter) => ({ retryAfter }))].map(
    (extensions) => new GraphQLError('', { extensions: { code: 'SOURCE_RATE_LIMITED', ...extensions } }),
  );

  const outcome = { answer, failures: {}, ...waitBeyond({ msLeft: () => firstHad }, { errors }) };

  expect(concernsTheFirstAlone(outcome, { msLeft: () => joinerHas })).toBe(isTheFirstOnes);
});

test('an answer without errors tells of no wait', () => {
  expect(waitBeyond({ msLeft: () => 0 }, { data: {} })).toEqual({});
});
