import { setImmediate as nextTurn } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { expect, test, vi } from 'vitest';
import { anonymous } from '../../src/access/caller.ts';
import { shareKey } from '../../src/direct/share-key.ts';
import { concernsTheFirstAlone, createSharing, waitBeyond } from '../../src/direct/sharing.ts';
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

/** Offers an execution that does not end. Gives it, the end of it, and what lets others join. */
function offer(sharing: Sharing) {
  const waiting = createWaiting();
  const request = {};
  const withdraw = sharing.offer(key, request, { waiting, outcome: new Promise(() => {}) });
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
