import { expect } from 'vitest';
import { seededPassword } from '../../src/twins/openwebui/seeded-world.ts';
import { api, bao, type Lie, own, refused } from './openwebui-lies.ts';
import { userIn } from './openwebui-writing.ts';

export const liesToUsers: readonly Lie[] = [
  {
    lie: 'wipes what a profile is sent without',
    asked: [`${api}/auths/update/profile`, { body: { name: 'B', profile_image_url: '/user.png' } }],
    as: 'bao',
    status: 200,
    harm: [(twin) => [userIn(twin, 'bao').bio, userIn(twin, 'bao').date_of_birth], [null, null]],
    write: (w) => w.write('updateOpenWebUIProfile', { gender: 'other' }, own('bao')(w)),
    told: { sent: true, fields: { gender: 'APPLIED' }, problems: [] },
    truth: [
      (twin) => userIn(twin, 'bao'),
      expect.objectContaining({
        gender: 'other',
        name: 'Bao Nguyen',
        bio: 'Reads every report.',
        date_of_birth: '1988-02-29',
        profile_image_url: '/user.png',
      }),
    ],
  },
  {
    lie: 'wipes the interface settings that are not sent',
    asked: [`${api}/users/user/settings/update`, { body: { ui: { chatBubble: true } } }],
    as: 'ada',
    status: 200,
    harm: [(twin) => Object.keys((userIn(twin, 'ada').settings?.ui ?? {}) as object), ['chatBubble']],
    write: (w) => w.write('updateOpenWebUISettings', { ui: { landingPageMode: 'harbour' } }, own('ada')(w)),
    told: { sent: true, fields: { 'ui.landingPageMode': 'APPLIED' }, problems: [] },
    truth: [
      (twin) => userIn(twin, 'ada').settings,
      {
        model_order: ['harbour-7b', 'lantern-70b'],
        ui: expect.objectContaining({
          landingPageMode: 'harbour',
          toolServers: [expect.objectContaining({ key: expect.stringMatching(/^tool-/) })],
          notifications: { webhook_url: expect.stringContaining('hook-') },
          recentEmojis: ['🛟', '⚓'],
        }),
      },
    ],
  },
  {
    lie: 'keeps a status that null should clear',
    asked: [`${api}/users/user/status/update`, { body: { status_emoji: null, status_message: null } }],
    as: 'bao',
    status: 200,
    harm: [(twin) => userIn(twin, 'bao').status_message, 'On watch'],
    write: (w) => w.write('setOpenWebUIStatus', { emoji: null, message: null }, own('bao')(w)),
    told: { sent: true, fields: { emoji: 'APPLIED', message: 'APPLIED' }, problems: [] },
    truth: [
      (twin) => [userIn(twin, 'bao').status_emoji, userIn(twin, 'bao').status_message, userIn(twin, 'bao').status_expires_at],
      ['', '', 4_102_444_800],
    ],
  },
  {
    lie: 'says yes to taking away an API key that nobody has',
    asked: [`${api}/auths/api_key`, { method: 'DELETE' }],
    as: 'bao',
    status: 200,
    write: (w) => w.write('deleteOpenWebUIApiKey', {}, own('bao')(w)),
    told: refused('NOT_FOUND'),
    truth: [({ world }) => world.apiKeys.of(bao), undefined],
  },
  {
    lie: 'has no time zones before 0.7',
    only: ['0.6.42'],
    asked: [`${api}/auths/update/timezone`, { body: { timezone: 'Asia/Tokyo' } }],
    as: 'bao',
    status: 405,
    write: (w) => w.write('setOpenWebUITimezone', { timezone: 'Asia/Tokyo' }, own('bao')(w)),
    told: refused('SOURCE_FAILED', 'timezone'),
    truth: [(twin) => userIn(twin, 'bao').timezone, null],
  },
  {
    lie: 'says 400 to a password that is not the current one',
    asked: [`${api}/auths/update/password`, { body: { password: 'wrong', new_password: 'n' } }],
    as: 'bao',
    status: 400,
    write: (w) => w.write('changeOpenWebUIPassword', { currentPassword: 'wrong', newPassword: 'n' }, own('bao')(w)),
    told: { sent: true, fields: { newPassword: 'NOT_APPLIED' }, problems: ['INVALID'] },
    truth: [({ world }) => world.passwords.matches(bao, seededPassword), true],
  },
];
