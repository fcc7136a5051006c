import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../src/twins/faults.ts';
import type { McsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { addressOf, ask, type RollcallProcess, start } from '../cli/rollcall-process.ts';
import { smallTwin, truth } from '../fixtures/mcsmanager/writing.ts';
import { people } from '../sources/mcsmanager-writing.ts';

const { bao } = people;
const password = 'CANARY-Secret-1';

/** A panel, and a folder in which one process after the other keeps its journal and audit. */
async function startPlace(options: Parameters<typeof smallTwin>[0] = {}) {
  const twin = await smallTwin(options);
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-killed-'));
  const config = {
    server: { port: 0 },
    writes: { journal: join(folder, 'journal') },
    audit: { file: join(folder, 'audit') },
    sources: [{ id: 'panel', kind: 'MCS_MANAGER', url: twin.apiUrl, apiKey: twin.keys.admin }],
  };
  return {
    twin,
    start: () => start(['serve'], { files: { 'rollcall.yaml': JSON.stringify(config) } }),
    kept: async () =>
      `${await readFile(join(folder, 'journal'), 'utf8')}${await readFile(join(folder, 'audit'), 'utf8').catch(() => '')}`,
    [Symbol.asyncDispose]: async () => {
      await twin.close();
      await rm(folder, { recursive: true });
    },
  };
}

const told = '{ sent fields { name verdict } account { username } errors { __typename ... on WriteError { message } } }';

const create = `mutation { write: createMcsManagerUser(input: {
  userName: "Nova", password: "${password}", idempotencyKey: "k" }) ${told} }`;
const update = `mutation { write: updateMcsManagerUser(input: { id: "panel:${bao}", userName: "Bao", idempotencyKey: "k" }) ${told} }`;
const setPassword = `mutation { write: setMcsManagerPassword(input: {
  id: "panel:${bao}", password: "${password}", idempotencyKey: "k" }) ${told} }`;

interface Written {
  readonly sent: boolean;
  readonly fields: readonly { readonly name: string; readonly verdict: string }[];
  readonly account: { readonly username: string } | null;
  readonly errors: readonly { readonly __typename: string; readonly message: string }[];
}

async function write(process: RollcallProcess, mutation: string): Promise<Written> {
  const { data } = await ask(await addressOf(process), mutation);
  // The mutation's alias in this test.
  return (data as { write: Written }).write;
}

/** Sends the write and kills the process by kill -9 as soon as the panel has it. */
async function killDuring(process: RollcallProcess, twin: McsManagerTwin, mutation: string): Promise<void> {
  const unanswered = ask(await addressOf(process), mutation).catch(() => undefined);
  while (writesTo(twin) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // The panel has read the request by now, and is at it.
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.signal('SIGKILL');
  await process.exited;
  await unanswered;
}

const writesTo = ({ requests }: McsManagerTwin): number => requests.filter(({ method }) => method !== 'GET').length;

/** Each starts two servers, which takes its time on a busy machine. */
const patience = { timeout: 90_000 };

test(
  'killed after the panel had made the user: the retry finds them, without knowing for certain whose they are, and they are made once',
  patience,
  async () => {
    await using place = await startPlace({ hashMs: 600 });
    {
      await using first = await place.start();
      await killDuring(first, place.twin, create);
    }

    await using second = await place.start();
    const outcome = await write(second, create);

    expect(outcome).toEqual({
      sent: true,
      fields: [
        { name: 'userName', verdict: 'APPLIED' },
        { name: 'permission', verdict: 'APPLIED' },
        { name: 'password', verdict: 'UNKNOWN' },
      ],
      account: { username: 'Nova' },
      errors: [{ __typename: 'UnknownOutcome', message: expect.stringContaining('somebody else made it') }],
    });
    expect(await write(second, create)).toEqual(outcome);
    expect([...place.twin.world.users.values()].filter(({ userName }) => userName === 'Nova')).toHaveLength(1);
    expect(writesTo(place.twin)).toBe(1);
    expect(await place.kept()).not.toContain('CANARY');
    expect(second.stdout()).not.toContain('CANARY');
  },
);

const hang: FaultRule = { method: 'PUT', fault: { kind: 'hang' } };

test.each([
  ['an edit that never took effect', update, [hang], 'bao'],
  ['a password that was set', setPassword, [], 'bao'],
])(
  'killed during %s: the retry says that it is unknown, and sends nothing',
  patience,
  async (_what, mutation, faults, userName) => {
    await using place = await startPlace({ hashMs: 600, faults });
    {
      await using first = await place.start();
      await killDuring(first, place.twin, mutation);
    }

    await using second = await place.start();
    const outcome = await write(second, mutation);

    expect(outcome.fields).toMatchObject([{ verdict: 'UNKNOWN' }]);
    expect(outcome.errors).toMatchObject([{ __typename: 'UnknownOutcome', message: expect.stringContaining('broke off') }]);
    expect(truth(place.twin, bao).userName).toBe(userName);
    expect(writesTo(place.twin)).toBe(1);
    expect(await place.kept()).not.toContain('CANARY');
  },
);

test('killed after the answer: the retry gets the same answer, and nothing is sent', patience, async () => {
  await using place = await startPlace();
  let answered: Written;
  {
    await using first = await place.start();
    answered = await write(first, update);
    first.signal('SIGKILL');
    await first.exited;
  }

  await using second = await place.start();
  const again = await write(second, update);
  const other = await write(second, update.replace('"Bao"', '"Other"'));

  expect(answered.errors).toEqual([]);
  expect(again).toEqual(answered);
  expect(other.errors).toMatchObject([{ __typename: 'Conflict' }]);
  expect(truth(place.twin, bao).userName).toBe('Bao');
  expect(writesTo(place.twin)).toBe(1);
});
