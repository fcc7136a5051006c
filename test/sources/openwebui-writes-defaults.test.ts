import { describe, expect, test } from 'vitest';
import { changesSent, startWriting, summary, tokenOf } from './openwebui-writing.ts';

const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;

describe('default permissions', () => {
  test.for(releases)('%s: one is changed, and all others stay', async (release) => {
    await using writing = await startWriting({ release });
    const { world } = writing.twin;
    // Left out, the schema would make it true.
    world.defaultPermissions = {
      ...world.defaultPermissions,
      sharing: { ...(world.defaultPermissions.sharing as object), public_tools: false, models: true },
    };
    const before = structuredClone(world.defaultPermissions) as Record<string, Record<string, boolean>>;
    const outcome = await writing.write('updateOpenWebUIDefaultPermissions', {
      grants: [{ section: 'workspace', key: 'tools', allowed: true, expected: false }],
    });
    // The schema of 0.11.0 forgets this one whenever it is saved, whoever saves.
    const { open_chats: _, ...sharing } = before.sharing ?? {};

    expect(summary(outcome)).toEqual({ sent: true, fields: { 'workspace.tools': 'APPLIED' }, problems: [] });
    expect(world.defaultPermissions).toEqual({ ...before, sharing, workspace: { ...before.workspace, tools: true } });
  });

  test('another value than the caller took it for is a conflict; the same as wanted is not sent', async () => {
    await using writing = await startWriting();
    const grant = { section: 'chat', key: 'edit', allowed: true };

    expect(
      summary(await writing.write('updateOpenWebUIDefaultPermissions', { grants: [{ ...grant, expected: false }] })).problems,
    ).toEqual(['CONFLICT']);
    expect(summary(await writing.write('updateOpenWebUIDefaultPermissions', { grants: [grant] })).fields).toEqual({
      'chat.edit': 'UNCHANGED',
    });
    expect(changesSent(writing.twin)).toEqual([]);
  });

  test('an ordinary user is refused', async () => {
    await using writing = await startWriting();
    const grants = [{ section: 'chat', key: 'edit', allowed: false }];

    expect(
      summary(await writing.write('updateOpenWebUIDefaultPermissions', { grants }, { as: tokenOf(writing.twin, 'bao') })),
    ).toMatchObject({ sent: false, problems: ['FORBIDDEN'] });
  });
});
