import { describe, expect, test } from 'vitest';
import { idOf, startWriting, summary, tokenOf, userIn } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;

describe('settings', () => {
  test.for(releases)('%s: a key is set, and with null taken out, without touching its neighbours', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'ada') };
    const before = structuredClone(userIn(writing.twin, 'ada').settings) as { ui: Record<string, unknown> };
    const outcome = await writing.write(
      'updateOpenWebUISettings',
      { ui: { params: { top_k: 3 }, models: null, toolServers: [] } },
      how,
    );
    const { models: _, ...others } = before.ui;

    expect(summary(outcome).fields).toEqual({ 'ui.params': 'APPLIED', 'ui.models': 'APPLIED', 'ui.toolServers': 'APPLIED' });
    expect(userIn(writing.twin, 'ada').settings).toEqual({ ...before, ui: { ...others, params: { top_k: 3 }, toolServers: [] } });
  });

  test.for(releases)('%s: tool servers that the account may not have are told as not applied', async (release) => {
    await using writing = await startWriting({ release });
    const outcome = await writing.write(
      'updateOpenWebUISettings',
      { ui: { toolServers: [{ url: 'https://x.example' }], notifications: {}, chatBubble: true, landingPageMode: 'harbour' } },
      { as: tokenOf(writing.twin, 'bao') },
    );

    expect(summary(outcome)).toMatchObject({
      sent: true,
      problems: ['PARTLY_APPLIED'],
      fields: { 'ui.toolServers': 'NOT_APPLIED', 'ui.landingPageMode': 'APPLIED' },
    });
    expect(userIn(writing.twin, 'bao').settings?.ui).not.toHaveProperty('toolServers');
  });

  test.for(releases)('%s: tool servers from better days are not lost by the way', async (release) => {
    await using writing = await startWriting({ release });
    const how = { as: tokenOf(writing.twin, 'bao') };
    const outcome = await writing.write('updateOpenWebUISettings', { ui: { landingPageMode: 'harbour' } }, how);

    expect(summary(outcome)).toMatchObject({
      sent: false,
      problems: release === '0.6.42' ? ['FORBIDDEN'] : ['FORBIDDEN', 'FORBIDDEN'],
    });
    expect(userIn(writing.twin, 'bao').settings?.ui).toHaveProperty('toolServers');
    const agreed = await writing.write(
      'updateOpenWebUISettings',
      { ui: { landingPageMode: 'harbour', toolServers: null, notifications: null } },
      how,
    );
    expect(summary(agreed).problems).toEqual([]);
    expect(userIn(writing.twin, 'bao').settings?.ui).toMatchObject({ landingPageMode: 'harbour', recentEmojis: ['🛟', '⚓'] });
  });

  test.for(releases)('%s: whoever never saved any begins with one', async (release) => {
    await using writing = await startWriting({ release });
    writing.twin.world.users.change(idOf('chidi'), { settings: null });
    const outcome = await writing.write(
      'updateOpenWebUISettings',
      { ui: { chatBubble: false } },
      { as: tokenOf(writing.twin, 'chidi') },
    );

    expect(summary(outcome).fields).toEqual({ 'ui.chatBubble': 'APPLIED' });
    expect(userIn(writing.twin, 'chidi').settings).toEqual({ ui: { chatBubble: false } });
  });

  test('that the account may not save are told as forbidden, from 0.10 on', async () => {
    await using writing = await startWriting({ release: '0.10.0' });
    writing.twin.world.defaultPermissions = { settings: { interface: false } };
    writing.twin.world.users.change(idOf('chidi'), { settings: null });
    const outcome = await writing.write(
      'updateOpenWebUISettings',
      { ui: { chatBubble: true } },
      { as: tokenOf(writing.twin, 'chidi') },
    );

    expect(summary(outcome)).toEqual({ sent: true, fields: { 'ui.chatBubble': 'NOT_APPLIED' }, problems: ['FORBIDDEN'] });
  });

  test('are compared with what the caller was shown, masks and all', async () => {
    await using writing = await startWriting();
    const how = { as: tokenOf(writing.twin, 'ada') };
    const shown = { notifications: { webhook_url: '[masked]' } };
    const write = (ifUnchanged: typeof shown | { recentEmojis: string[] }) =>
      writing.write('updateOpenWebUISettings', { ui: { landingPageMode: 'quay' }, ifUnchanged }, how);

    expect(summary(await write({ recentEmojis: ['⛵'] })).problems).toEqual(['CONFLICT']);
    expect(summary(await write(shown)).fields).toEqual({ 'ui.landingPageMode': 'APPLIED' });
  });
});
