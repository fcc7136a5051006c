import { type CastMember, cast } from '../../domain/cast.ts';
import { createRandom } from '../random.ts';
import { blankUser } from './blank-user.ts';
import { createSampleSettings } from './sample-settings.ts';
import type { UserRecord } from './user-store.ts';
import type { OpenWebUIWorld } from './world.ts';

const joinedAt = 1_699_500_000;
const day = 86_400;

/** The people who hold accounts on other twins too, those of them who have one here. */
export const castHere = cast.flatMap((member) => (member.openWebUI === undefined ? [] : [{ ...member, id: member.openWebUI }]));

/** Two of them, Ada and Bao, were here a moment before the start. */
export function addCast(world: OpenWebUIWorld, startedAt: number): void {
  const random = createRandom(8);
  castHere.forEach((member, index) => {
    const created_at = joinedAt + index * 9 * day;
    const blank = blankUser({ id: member.id, email: member.email, name: member.name, role: roleOf(member), created_at });
    const last_active_at = index < 2 ? startedAt - 20 - index : created_at + (index + 1) * 31 * day + index;
    world.users.add({ ...blank, last_active_at, ...details(member.alias, world) });
    if (member.standing !== 'newcomer') world.users.change(member.id, { settings: createSampleSettings(random, world, 'full') });
  });
  addSessions(world);
}

function roleOf(member: CastMember): string {
  if (member.standing === 'admin') return 'admin';
  if (member.standing === 'newcomer') return 'pending';
  // Not one of the server's own three words, which it stores all the same.
  return member.standing === 'banned' ? 'banned' : 'user';
}

function details(alias: string, world: OpenWebUIWorld): Partial<UserRecord> {
  const timezone = (zone: string): string | null => (world.can.timezone ? zone : null);
  const known: Record<string, Partial<UserRecord>> = {
    ada: {
      bio: 'Keeps the lights on.',
      profile_image_url: 'https://pictures.example/ada.png',
      timezone: timezone('Europe/Stockholm'),
      oauth: { google: { sub: '108111000111' } },
      info: { location: 'Gothenburg' },
    },
    bao: {
      bio: 'Reads every report.',
      gender: 'male',
      date_of_birth: '1988-02-29',
      status_emoji: '🛟',
      status_message: 'On watch',
      status_expires_at: 4_102_444_800,
      oauth: { oidc: { sub: 'bao-0002' }, github: { sub: '2202' } },
      scim: { okta: { external_id: 'ext-bao' } },
    },
    chidi: { profile_image_url: tinyPicture, timezone: timezone('Africa/Lagos'), info: { location: 'Lagos', deck: 3 } },
    // Long over: the server never takes a status down by itself.
    dunja: { status_emoji: '🏖️', status_message: 'Back on Monday', status_expires_at: joinedAt, gender: 'female' },
    fumiko: {
      bio: '水の上',
      date_of_birth: '1994-11-03',
      timezone: timezone('Asia/Tokyo'),
      oauth: { microsoft: { sub: 'ms-f0f0' } },
    },
    hex: { bio: '', profile_image_url: '' },
  };
  return known[alias] ?? {};
}

function addSessions(world: OpenWebUIWorld): void {
  for (const [alias, provider] of [
    ['ada', 'google'],
    ['bao', 'oidc'],
  ] as const) {
    const user_id = castHere.find((member) => member.alias === alias)?.id ?? '';
    const created_at = joinedAt + 40 * day;
    const expires_at = created_at + 3600;
    const token = {
      access_token: world.newSecret('at-'),
      refresh_token: world.newSecret('rt-'),
      id_token: world.newSecret('idt-'),
      expires_in: 3599,
      expires_at,
    };
    const session = { id: world.newId('session'), user_id, provider, token, expires_at, created_at, updated_at: created_at };
    world.oauthSessions.set(user_id, [session]);
    world.variables.set(user_id, { team: 'harbour', passphrase: world.newSecret('v-') });
    world.sharedChats.set(`chat-of-${alias}`, user_id);
  }
}

const tinyPicture =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
