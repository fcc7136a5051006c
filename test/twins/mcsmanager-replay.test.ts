import { expect, test } from 'vitest';
import { mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { createWorld } from '../../src/twins/mcsmanager/world.ts';
import { recordedKeys, recordedWorld } from '../fixtures/mcsmanager/recorded-world.ts';
import { blur, type RecordedPair, type ReplayedReply, recordings, replay, translate } from '../fixtures/mcsmanager/replay.ts';
import { unrecorded } from '../fixtures/mcsmanager/unrecorded.ts';

/** The first pairs were made on a panel that nobody had set up yet, the others on a new one. */
const ON_EMPTY_PANEL = 5;

/** Where only the type can be the same, and why. All else is compared by value, the times too. */
const loose: Readonly<Record<string, { readonly why: string; readonly is: (path: string, value: unknown) => boolean }>> = {
  'overview panel/admin': {
    why: 'figures and paths of the machine',
    is: (path, value) =>
      (typeof value === 'number' && /\.(process|system|chart|record|cpuMemChart)\./.test(path)) || path.endsWith('.cwd'),
  },
  'instance/detail, running': { why: 'figures of the process', is: (path) => path.startsWith('data.processInfo.') },
};

/** Recorded pairs that are not replayed, with the reason. */
const excluded: Readonly<Record<string, string>> = {};

test('the twin gives every recorded answer again, in the recorded order', async () => {
  let clock = 0;
  const now = (): number => clock;
  await using empty = await mcsManagerTwin({ world: createWorld(), now, hashMs: 0 });
  await using panel = await mcsManagerTwin({ world: recordedWorld(), now, hashMs: 0, hangMs: 5 });
  const translation = new Map<string, string>(Object.entries(recordedKeys));
  const replayed: string[] = [];

  for (const [index, pair] of recordings.entries()) {
    if (pair.name in excluded) continue;
    const twin = index < ON_EMPTY_PANEL ? empty : panel;
    clock = pair.response.body.time;
    await unrecorded[pair.name]?.(twin, translation);
    const reply = await replay(twin, pair, translation);
    learn(pair, reply, translation);
    const expected = translate(pair.response.body, translation);
    const isLoose = loose[pair.name]?.is ?? (() => false);

    expect.soft({ status: reply.status, type: reply.type, version: reply.version }, pair.name).toEqual({
      status: pair.response.status,
      type: pair.response.headers['content-type'],
      version: '10.18.2',
    });
    expect.soft(blur(excerpt(pair, reply.body), isLoose), pair.name).toEqual(blur(expected, isLoose));
    replayed.push(pair.name);
  }

  const reasons = Object.entries(excluded).map(([name, why]) => `; not ${name}: ${why}`);
  const types = Object.entries(loose).map(([name, { why }]) => `; ${name}: ${why} by type`);
  console.info(
    `MCSManager: ${replayed.length} of ${recordings.length} recorded pairs replayed${reasons.join('')}${types.join('')}`,
  );
  expect(replayed.length).toBeGreaterThanOrEqual(120);
});

/** Ids, keys and cookies that the twin has just made stand for the recorded ones from now on. */
function learn(pair: RecordedPair, reply: ReplayedReply, translation: Map<string, string>): void {
  if (pair.name === 'install/ok' || pair.name === 'login/ok') translation.set('<session-cookie>', reply.cookies);
  const recorded = pair.response.body.data;
  const made = (Object(reply.body) as { data: unknown }).data;
  if (pair.name.startsWith('create/')) learnText(uuidOf(recorded), uuidOf(made), /^[0-9a-f]{32}$/, translation);
  if (pair.name === 'apikey/enable') {
    learnText(recorded, made, /^[0-9a-f]{32}$/, translation);
    learnText('<user2-new-key>', made, /^[0-9a-f]{32}$/, translation);
  }
  if (pair.name === 'login/ok') {
    learnText(recorded, made, /^[0-9a-f]{32}\d{13}$/, translation);
    learnText('<session-token>', made, /^[0-9a-f]{32}\d{13}$/, translation);
  }
}

function learnText(recorded: unknown, made: unknown, form: RegExp, translation: Map<string, string>): void {
  if (typeof recorded !== 'string') return;
  expect.soft(made).toMatch(form);
  translation.set(recorded, String(made));
}

/** The recorder kept two users of this answer. */
function excerpt(pair: RecordedPair, body: unknown): unknown {
  if (pair.name !== 'edit/overview repeats loginTime as registerTime') return body;
  // The overview is a list of users with a name.
  const whole = body as { data: { userName: string }[] };
  return { ...whole, data: whole.data.filter(({ userName }) => userName === 'admin' || userName === 'carol') };
}

function uuidOf(data: unknown): unknown {
  return Object(data).uuid;
}
