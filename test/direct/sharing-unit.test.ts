import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
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

test('an execution that all have left may not be joined, even while it is ending', () => {
  const sharing = createSharing(() => 1);
  const waiting = createWaiting();
  const request = {};
  sharing.offer(key, request, { waiting, outcome: new Promise(() => {}) });
  // As the last of the plugins is called; of all that it is told, this looks at these two of the context.
  const admit = sharing.plugin.onExecute as (payload: { readonly context: object }) => void;
  admit({ context: { request, maxAge: () => undefined } });
  const before = sharing.find(key);

  waiting.leave();

  expect(before?.points).toBe(1);
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
