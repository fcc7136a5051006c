import { describe, expect, test } from 'vitest';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { idOf } from '../sources/openwebui-writing.ts';
import { kinds, mutate, own, start, verdicts, world } from './openwebui-mutating.ts';

describe('what is one’s own', () => {
  test('profile, settings, info, status, time zone and password are those of the key’s holder', async () => {
    await using rollcall = await start();
    const [how, me] = [own(rollcall, 'chidi'), () => world(rollcall).users.get(idOf('chidi'))];
    const more = 'account { id bio } user { id }';

    const profile = await mutate(
      rollcall,
      'updateOpenWebUIProfile',
      { bio: 'Mends nets.', dateOfBirth: '1990-05-06' },
      { ...how, more },
    );
    expect(profile).toMatchObject({ errors: [], account: { id: `webui:${idOf('chidi')}`, bio: 'Mends nets.' } });
    const done = [
      await mutate(
        rollcall,
        'updateOpenWebUISettings',
        { ui: { landingPageMode: 'quay', toolServers: null, notifications: null } },
        how,
      ),
      await mutate(rollcall, 'updateOpenWebUIInfo', { info: { deck: 4 } }, how),
      await mutate(rollcall, 'setOpenWebUIStatus', { emoji: '⚓', expiresAt: '2030-01-01T00:00:00Z' }, how),
      await mutate(rollcall, 'setOpenWebUITimezone', { timezone: 'Africa/Accra' }, how),
      await mutate(rollcall, 'changeOpenWebUIPassword', { currentPassword: seededPassword, newPassword: 'new one' }, how),
    ];

    expect(done.map(kinds)).toEqual([[], [], [], [], []]);
    expect(me()).toMatchObject({
      ...{ bio: 'Mends nets.', date_of_birth: '1990-05-06', timezone: 'Africa/Accra', info: { location: 'Lagos', deck: 4 } },
      ...{
        status_emoji: '⚓',
        status_expires_at: 1_893_456_000,
        settings: { ui: { landingPageMode: 'quay', recentEmojis: ['🛟', '⚓'] } },
      },
    });
    expect(world(rollcall).passwords.matches(idOf('chidi'), 'new one')).toBe(true);
    expect(rollcall.logged.join('')).not.toMatch(/new one|tide turns/);
  });

  test('an API key is told once, to whoever asked, and stands in no log', async () => {
    await using rollcall = await start({ openWebUI: { canary: 'CANARY' } });
    const made = await mutate(rollcall, 'createOpenWebUIApiKey', {}, { ...own(rollcall, 'bao'), more: 'apiKey' });

    expect(made).toMatchObject({ errors: [], apiKey: world(rollcall).apiKeys.of(idOf('bao')) });
    expect(kinds(await mutate(rollcall, 'deleteOpenWebUIApiKey', {}, own(rollcall, 'bao')))).toEqual([]);
    expect(world(rollcall).apiKeys.of(idOf('bao'))).toBeUndefined();
    expect(rollcall.logged.join('')).not.toContain('CANARY');
  });

  test.for(['createOpenWebUIApiKey', 'deleteOpenWebUIApiKey'])('%s leaves the service’s own key alone', async (name) => {
    await using rollcall = await start();
    const before = rollcall.community.openWebUI.keys.admin;

    expect(await mutate(rollcall, name, {})).toMatchObject({
      sent: false,
      errors: [{ __typename: 'Forbidden', message: expect.stringContaining('x-source-key-webui') }],
    });
    expect(world(rollcall).apiKeys.holder(before)).toBeDefined();
    expect(rollcall.calls().openWebUI).toBe(0);
  });

  test.for([
    ['2030-01-02T03:04:05.678901Z', '2030-01-02T03:04:05.000Z'],
    ['2030-01-02T03:04:05.999999999+05:30', '2030-01-01T21:34:05.000Z'],
    ['1969-12-31T23:59:59.000001Z', '1969-12-31T23:59:59.000Z'],
  ] as const)('a status that expires at %s does so to the second, without drift and once only', async ([expiresAt, kept]) => {
    await using rollcall = await start();
    const more = 'drift { name }';
    const set = () => mutate(rollcall, 'setOpenWebUIStatus', { expiresAt }, { ...own(rollcall, 'bao'), more });

    expect(await set()).toMatchObject({ fields: [{ requested: kept, after: kept, verdict: 'APPLIED' }], drift: [], errors: [] });
    expect(await set()).toMatchObject({ fields: [{ requested: kept, verdict: 'UNCHANGED' }], drift: [], errors: [] });
  });

  test('a zero below zero in settings is a zero, and what is more than any number is refused', async () => {
    await using rollcall = await start();
    const update = (ui: string) =>
      rollcall.askText(
        `mutation { updateOpenWebUISettings(input: { ui: ${ui} }) { sent drift { name } fields { verdict } errors { __typename ... on ValidationError { field } } } }`,
        {},
        own(rollcall, 'ada').headers,
      );

    expect((await update('{ textScale: -0, params: { list: [-0.0] } }')).data?.['updateOpenWebUISettings']).toEqual({
      sent: true,
      drift: [],
      fields: [{ verdict: 'APPLIED' }, { verdict: 'APPLIED' }],
      errors: [],
    });
    rollcall.calls();
    expect((await update('{ textScale: 1e999 }')).data?.['updateOpenWebUISettings']).toEqual({
      sent: false,
      drift: [],
      fields: [],
      errors: [{ __typename: 'ValidationError', field: 'ui.textScale' }],
    });
    expect(rollcall.calls().openWebUI).toBe(0);
  });

  test('a masked secret is not written back', async () => {
    await using rollcall = await start();
    const ui = { toolServers: [{ url: 'https://x.example', key: '[masked]' }] };

    expect(kinds(await mutate(rollcall, 'updateOpenWebUISettings', { ui }, own(rollcall, 'ada')))).toEqual(['ValidationError']);
    expect(rollcall.calls().openWebUI).toBe(0);
  });

  test('no secret of stored settings stands in the payload, the log or the audit', async () => {
    await using rollcall = await start({ openWebUI: { canary: 'CANARY' } });
    const input = { ui: { notifications: { webhook_url: 'https://CANARY.example' }, directConnections: {} } };
    const payload = await mutate(rollcall, 'updateOpenWebUISettings', input, own(rollcall, 'ada'));

    expect(verdicts(payload)).toEqual({ 'ui.notifications': 'APPLIED', 'ui.directConnections': 'APPLIED' });
    expect(`${JSON.stringify(payload)}${rollcall.logged.join('')}`).not.toContain('CANARY');
  });
});
