import { describe, expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';

const chidi = cast.find(({ alias }) => alias === 'chidi');
const [panelId, chatId] = [chidi?.mcsManager ?? '', chidi?.openWebUI ?? ''];
const contact = 'dunja@harbour.example';
const comment = 'known to the harbour';

/** Without key or token: may write, and read what is not private. */
const config: NonNullable<RollcallOptions['config']> = (input) => ({ ...input, access: { anonymous: ['read', 'write'] } });

async function start(): Promise<Rollcall> {
  const rollcall = await startRollcall({ size: 12, config, mcsManager: { hashMs: 0 }, horde: { limits: false } });
  const { horde, mcsManager } = rollcall.community;
  Object.assign(horde.world.users.get(104) ?? {}, { contact, adminComment: comment });
  Object.assign(mcsManager.world.users.get(panelId) ?? {}, { open2FA: true });
  rollcall.calls();
  return rollcall;
}

const told = `dryRun sent applied { name value } drift { name } fields { name before after verdict }
  errors { __typename ... on WriteError { message } }`;

async function write({ askText }: Rollcall, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await askText(`mutation ($input: ${type}!) { ${name}(input: $input) { ${told} } }`, { input });
  return { payload: data?.[name], errors };
}

const email = (rollcall: Rollcall): string => rollcall.community.openWebUI.world.users.get(chatId)?.email ?? '';

describe('who may write a field and not read it', () => {
  test.for([
    ['updateHordeUser', 'horde:104', 'contact', () => contact, 'other@harbour.example'],
    ['updateHordeUser', 'horde:104', 'adminComment', () => comment, 'nothing known'],
    ['updateHordeUser', 'horde:104', 'vpn', () => true, false],
    ['updateOpenWebUIUser', `webui:${chatId}`, 'email', email, 'other@harbour.example'],
    ['updateMcsManagerUser', `mcsmanager:${panelId}`, 'open2FA', () => true, false],
  ] as const)('%s of %s: a dry run says the same of a right and a wrong %s', async ([name, id, field, right, wrong]) => {
    await using rollcall = await start();
    const value = right(rollcall);

    const [hit, miss] = [
      await write(rollcall, name, { id, [field]: value, dryRun: true }),
      await write(rollcall, name, { id, [field]: wrong, dryRun: true }),
    ];

    expect(value).not.toBe('');
    expect(hit).toEqual(miss);
    expect(hit.payload).toMatchObject({ sent: false, fields: [{ name: field, before: null, verdict: 'WOULD_CHANGE' }] });
  });

  test.for([
    ['updateHordeUser', 'horde:104', { trusted: true, ifUnchanged: { contact } }, 'read:private'],
    ['updateHordeUser', 'horde:104', { trusted: true, ifUnchanged: { adminComment: 'x' } }, 'read:privileged'],
    ['updateHordeUser', 'horde:104', { trusted: true, ifUnchanged: { publicWorkers: true } }, 'read:private'],
    ['updateOpenWebUIUser', `webui:${chatId}`, { name: 'C', ifUnchanged: { email: 'x@x.example' } }, 'read:private'],
    ['updateMcsManagerUser', `mcsmanager:${panelId}`, { userName: 'c', ifUnchanged: { open2FA: true } }, 'read:private'],
    ['setMcsManagerPassword', `mcsmanager:${panelId}`, { password: 'CANARY-Secret-1' }, 'read:private'],
  ] as const)('%s of %s expecting %j needs %s, and nothing is asked', async ([name, id, input, scope]) => {
    await using rollcall = await start();

    const { payload, errors } = await write(rollcall, name, { id, ...input, dryRun: true });

    expect(payload).toBeNull();
    expect(errors).toMatchObject([{ path: [name], extensions: { code: 'FORBIDDEN', scope } }]);
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  });

  test('is told the same of a write over an equal value as of one over another', async () => {
    await using rollcall = await start();
    const input = { id: 'horde:104', adminComment: 'spoken to' };

    const [over, again] = [await write(rollcall, 'updateHordeUser', input), await write(rollcall, 'updateHordeUser', input)];

    expect(again).toEqual(over);
    expect(again.payload).toMatchObject({ sent: true, errors: [], fields: [{ verdict: 'APPLIED' }] });
    expect(rollcall.community.horde.requests.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  test('learns nothing from a write that fails half-way before it comes to the guess', async () => {
    await using rollcall = await start();
    // The Horde stops at the name, having raised the concurrency.
    const failing = (concurrency: number, guess: string) =>
      write(rollcall, 'updateHordeUser', { id: 'horde:104', concurrency, username: 'damn fool', contact: guess });

    const [miss, hit] = [await failing(44, 'other@harbour.example'), await failing(45, contact)];

    expect(hit.payload).toMatchObject({ sent: true });
    expect(contactVerdict(hit)).toBe('UNKNOWN');
    expect(contactVerdict(miss)).toBe('UNKNOWN');
  });
});

function contactVerdict({ payload }: { readonly payload: unknown }): string | undefined {
  // The query asks for just that.
  const { fields } = payload as { readonly fields: readonly { readonly name: string; readonly verdict: string }[] };
  return fields.find(({ name }) => name === 'contact')?.verdict;
}
