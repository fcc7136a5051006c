import { mkdir, rm } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { createFolder } from '../access/doors.ts';
import { type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';
import { writesIn } from './writes-in.ts';

const panelId = (alias: string): string => `mcsmanager:${cast.find((one) => one.alias === alias)?.mcsManager}`;
const [bao, chidi, emre] = [panelId('bao'), panelId('chidi'), panelId('emre#cloud')];

const start = (options: RollcallOptions = {}) => startRollcall({ size: 12, mcsManager: { hashMs: 0 }, ...options });

interface Change {
  readonly accountId: string;
  readonly sent: boolean;
  readonly errors: readonly { readonly __typename: string }[];
}

async function change(
  { askText }: Rollcall,
  name: string,
  input: Readonly<Record<string, unknown>>,
  headers: HeadersInit = {},
): Promise<readonly Change[]> {
  const type = name === 'deleteMcsManagerUsers' ? 'DeleteMcsManagerUsersInput' : 'UserChangeInput';
  const query = `mutation ($input: ${type}!) { told: ${name}(input: $input) { changes { accountId sent errors { __typename } } } }`;
  const { data, errors } = await askText(query, { input: { idempotencyKey: 'k', ...input } }, headers);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  // The query asks for just that.
  return (data as { readonly told: { readonly changes: readonly Change[] } }).told.changes;
}

const kinds = (changes: readonly Change[]): string[][] => changes.map(({ errors }) => errors.map(({ __typename }) => __typename));

describe('an idempotencyKey over several accounts', () => {
  test('stands for the whole list: with one more or another it is a conflict of each, and nothing is sent', async () => {
    await using rollcall = await start();
    const { users } = rollcall.community.mcsManager.world;
    await change(rollcall, 'deleteMcsManagerUsers', { ids: [bao, chidi] });
    rollcall.calls();

    const other = await change(rollcall, 'deleteMcsManagerUsers', { ids: [bao, emre] });
    const fewer = await change(rollcall, 'deleteMcsManagerUsers', { ids: [bao] });
    const same = await change(rollcall, 'deleteMcsManagerUsers', { ids: [bao, chidi] });

    expect(kinds(other)).toEqual([['Conflict'], ['Conflict']]);
    expect(kinds(fewer)).toEqual([['Conflict']]);
    expect(kinds(same)).toEqual([[], []]);
    expect(writesIn(rollcall)).toEqual([]);
    expect(users.has(emre.slice('mcsmanager:'.length))).toBe(true);
  });

  test.for(['banUser', 'unbanUser', 'deleteUser'])(
    '%s of another person under it is a conflict on every source',
    async (name) => {
      await using rollcall = await start();
      await change(rollcall, name, { id: 'horde:103' });
      rollcall.calls();

      const other = await change(rollcall, name, { id: 'horde:102' });
      const elsewhere = await change(rollcall, name, { id: 'horde:103', sources: ['horde'] });

      expect(kinds(other)).toEqual([['Conflict'], ['Conflict'], ['Conflict']]);
      expect(kinds(elsewhere)).toEqual([['Conflict']]);
      expect(writesIn(rollcall)).toEqual([]);
    },
  );

  test.for(['banUser', 'deleteMcsManagerUsers'])('may have its 200 characters for %s', async (name) => {
    await using rollcall = await start();
    const whom = name === 'banUser' ? { id: 'horde:103' } : { ids: [bao, chidi] };
    const input = { ...whom, idempotencyKey: 'k'.repeat(200) };

    const changes = await change(rollcall, name, input);
    const again = await change(rollcall, name, input);

    expect(changes.map(({ sent, errors }) => ({ sent, errors }))).toEqual(changes.map(() => ({ sent: true, errors: [] })));
    expect(again).toEqual(changes);
    expect(rollcall.logged.filter((line) => line.includes('unexpected error'))).toEqual([]);
  });

  test('of two at once lets one through and not a part of the other', async () => {
    await using rollcall = await start();

    const tolds = await Promise.all([
      change(rollcall, 'deleteMcsManagerUsers', { ids: [chidi] }),
      change(rollcall, 'deleteMcsManagerUsers', { ids: [emre] }),
    ]);

    expect(tolds.map((told) => kinds(told)).sort()).toEqual([[[]], [['Conflict']]]);
    expect(writesIn(rollcall)).toEqual(['mcsManager DELETE']);
  });

  test('repeats for the same person only what was not decided', async () => {
    await using rollcall = await start();
    rollcall.community.mcsManager.faults.add({ method: 'GET', fault: { kind: 'reset' } });
    const first = await change(rollcall, 'banUser', { id: 'horde:103' });
    rollcall.community.mcsManager.faults.clear();
    rollcall.calls();

    const second = await change(rollcall, 'banUser', { id: 'mcsmanager:c41d1c41d1c44c418c41d1c41d1c0003' });

    expect(first.map(({ sent }) => sent)).toEqual([true, false, true]);
    expect(second.map(({ sent }) => sent)).toEqual([true, true, true]);
    expect(kinds(second)).toEqual([[], [], []]);
    expect(writesIn(rollcall)).toEqual(['mcsManager PUT']);
  });

  test('that cannot be noted in the journal sends nothing, says so of each account, and may be tried again', async () => {
    await using folder = await createFolder();
    await mkdir(folder.path('full'));
    await using rollcall = await start({ config: (input) => ({ ...input, writes: { journal: folder.path('full/journal') } }) });
    await rm(folder.path('full'), { recursive: true });
    const ban = `mutation { banUser(input: { id: "horde:103", idempotencyKey: "k" }) {
      changes { sent errors { ... on SourceFailed { source code retryable } } } } }`;
    const update = `mutation { updateHordeUser(input: { id: "horde:103", concurrency: 44, idempotencyKey: "u" }) {
      sent account { id } fields { name before verdict } errors { __typename } } }`;
    rollcall.calls();

    const banned = await rollcall.askText(ban);
    const updated = await rollcall.askText(update);
    const sent = writesIn(rollcall);
    await mkdir(folder.path('full'));
    const again = await rollcall.askText(ban);

    const told = (source: string) => ({ sent: false, errors: [{ source, code: 'SOURCE_NOT_ASKED', retryable: true }] });
    expect(banned.errors).toBeUndefined();
    expect(banned.data).toEqual({ banUser: { changes: [told('horde'), told('mcsmanager'), told('webui')] } });
    expect(updated.data).toEqual({
      updateHordeUser: {
        ...{ sent: false, account: { id: 'horde:103' }, errors: [{ __typename: 'SourceFailed' }] },
        fields: [{ name: 'concurrency', before: 30, verdict: 'NOT_SENT' }],
      },
    });
    expect(sent).toEqual([]);
    expect(JSON.stringify(again.data)).not.toContain('SOURCE_NOT_ASKED');
  });

  test('is its caller’s alone, and nothing to a dry run', async () => {
    await using rollcall = await start();
    const { keys } = rollcall.community.horde;
    await change(rollcall, 'banUser', { id: 'horde:103', dryRun: true });
    await change(rollcall, 'banUser', { id: 'horde:103', sources: ['horde'] });

    const another = await change(
      rollcall,
      'banUser',
      { id: 'horde:104', sources: ['horde'] },
      { 'x-source-key-horde': keys.moderator },
    );

    expect(kinds(another)).toEqual([[]]);
  });
});
