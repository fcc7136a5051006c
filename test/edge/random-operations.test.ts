import { parse, validate } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import type { Fault, FaultRule } from '../../src/twins/faults.ts';
import { type Answer, type Rollcall, startRollcall } from '../app/rollcall.ts';
import { createRandom, type Random } from './random-operations.ts';
import { type MadeOperation, makeOperation } from './random-operations-making.ts';
import { firstNull, placeOfNull } from './random-operations-nulls.ts';
import type { Pool } from './random-operations-values.ts';

const operations = 2_400;
const atOnce = 8;
const seed = 20_260_118;

let rollcall: Rollcall;

beforeAll(async () => {
  const unlimited = {
    maxAliases: 10_000,
    maxDirectives: 10_000,
    maxTokens: 100_000,
    maxDepth: 100,
    maxCalls: 1_000_000,
    maxRows: 10_000_000,
  };
  rollcall = await startRollcall({
    size: 24,
    horde: { limits: false },
    mcsManager: { rateLimits: false, hashMs: 0 },
    config: ({ sources, links }) => ({
      // What fails in one round is not to be felt in the next.
      sources: sources.map((source) => ({ ...source, http: { deadlineMs: 150, breaker: false } })),
      links,
      edge: { ...unlimited, maxBodyBytes: 1_000_000, rateLimit: { points: 1_000_000_000 } },
    }),
  });
});

afterAll(() => rollcall[Symbol.asyncDispose]());

const poolOf = ({ community: { openWebUI } }: Rollcall): Pool => {
  const ids = cast.flatMap(({ horde, mcsManager, openWebUI: chat }) => [
    ...(horde === undefined ? [] : [`horde:${horde}`]),
    ...(mcsManager === undefined ? [] : [`mcsmanager:${mcsManager}`]),
    ...(chat === undefined ? [] : [`webui:${chat}`]),
  ]);
  const sources = ['horde', 'mcsmanager', 'webui'];
  return {
    id: ids,
    ids,
    source: sources,
    sources,
    first: [0, 1, 2, 5, 30],
    last: [1, 5],
    query: ['a', 'ada', '101'],
    username: ['ada', 'ada#101', '101', 'Ada Lindqvist'],
    userName: ['a'],
    search: ['a'],
    channel: [...openWebUI.world.channels.keys()],
    permission: ['chat.delete', 'horde.trusted', 'nothing.of.the.sort'],
    kind: ['AI_HORDE', 'OPEN_WEBUI'],
  };
};

const faults: readonly Fault[] = [
  { kind: 'reply', status: 500, body: 'Internal Server Error' },
  { kind: 'reply', status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html>' },
  { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: '{"users":{},"data":[null]' },
  { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: 'null' },
  { kind: 'reply', status: 200, headers: { 'content-type': 'application/json' }, body: '[]' },
  { kind: 'reply', status: 429, headers: { 'retry-after': '0' }, body: '{"message":"slow down"}' },
  { kind: 'reply', status: 403, headers: { 'content-type': 'application/json' }, body: '{"message":"no"}' },
  { kind: 'reply', status: 404, body: '' },
  { kind: 'reset' },
  { kind: 'cut', share: 0.5 },
  { kind: 'flood', bytes: 5_000 },
  { kind: 'delay', ms: 30 },
  { kind: 'hang' },
];

test(`${operations} random valid operations, a share of them over failing sources, fail by the field and by a code`, async () => {
  const random = createRandom(seed);
  const { schema } = rollcall.app;
  const pool = poolOf(rollcall);
  const { horde, mcsManager, openWebUI } = rollcall.community;
  const seen = { mutations: 0, refusals: 0, fields: new Set<string>(), codes: new Set<unknown>(), nulls: 0, whole: 0 };

  for (let done = 0; done < operations; done += atOnce) {
    const broken = random() < 0.25;
    for (const twin of [horde, mcsManager, openWebUI]) {
      twin.faults.clear();
      if (broken && random() < 0.6) twin.faults.add(someFault(random));
    }
    const made = Array.from({ length: atOnce }, () => makeOperation(schema, pool, random));
    await Promise.all(
      made.map(async (operation) => {
        expect(validate(schema, parse(operation.text)), operation.text).toEqual([]);
        const answer = await rollcall.askText(operation.text, operation.variables);
        judge(operation, answer);
        seen.mutations += operation.isMutation ? 1 : 0;
        seen.nulls += answer.errors?.length ?? 0;
        seen.whole += answer.errors === undefined ? 1 : 0;
        for (const { extensions } of answer.errors ?? []) seen.codes.add(extensions.code);
        for (const [, name = ''] of operation.text.matchAll(/f\d+: (\w+)/g)) seen.fields.add(name);
      }),
    );
  }

  const sent = [horde, mcsManager, openWebUI].flatMap((twin) => twin.requests.map(({ method, path }) => `${method} ${path}`));
  expect(sent.filter((line) => !line.startsWith('GET '))).toEqual([]);
  expect(rollcall.logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
  // It has been about something.
  expect(seen.mutations).toBeGreaterThan(operations / 10);
  expect(seen.whole).toBeGreaterThan(operations / 5);
  expect(seen.nulls).toBeGreaterThan(operations);
  expect(seen.fields.size).toBeGreaterThan(250);
  expect([...seen.codes]).toEqual(
    expect.arrayContaining([
      'BAD_USER_INPUT',
      'SOURCE_FAILED',
      'SOURCE_MALFORMED',
      'SOURCE_TIMEOUT',
      'SOURCE_UNREACHABLE',
      'SOURCE_RATE_LIMITED',
    ]),
  );
}, 120_000);

function someFault(random: Random): FaultRule {
  const fault = faults[Math.floor(random() * faults.length)];
  if (fault === undefined) throw new Error('there is no such fault');
  return { fault, after: Math.floor(random() * 4), ...(random() < 0.3 ? { times: 2 } : {}) };
}

function judge({ text, variables, types }: MadeOperation, { status, data, errors = [], text: body }: Answer<unknown>): void {
  const about = `${text}\n${JSON.stringify(variables)}\n${body.slice(0, 2_000)}`;
  expect(status, about).toBe(200);
  expect(data, about).toBeDefined();
  const places = errors.map(({ path }) => placeOfNull(path ?? [], types).join('.'));
  for (const { path, message, extensions } of errors) {
    expect(path, about).toBeDefined();
    expect(extensions.code, about).toMatch(/^(SOURCE_[A-Z_]+|BAD_USER_INPUT|FORBIDDEN)$/);
    expect(message, about).not.toBe('Unexpected error.');
    const found = firstNull(data, path ?? []);
    expect(found, about).toBeDefined();
    // Another error may have taken away what stood above.
    expect(places, about).toContain((found ?? []).join('.'));
  }
  if (data === null) expect(places, about).toContain('');
}
