import type { Random } from '../random.ts';
import { blankUser } from './blank-user.ts';
import { createSampleSettings } from './sample-settings.ts';
import type { UserRecord } from './user-store.ts';
import type { OpenWebUIWorld } from './world.ts';

interface CrowdOptions {
  /** Users in all, those already there included. */
  readonly size: number;
  readonly startedAt: number;
  readonly firstDay: number;
}

/** Fills the world with people of no importance: equal names, equal times, odd roles, empty names, wildcards in names. */
export function addCrowd(world: OpenWebUIWorld, random: Random, { size, startedAt, firstDay }: CrowdOptions): void {
  let created_at = firstDay;
  for (let index = world.users.size; index < size; index++) {
    // One second is the finest the server knows, so ties are normal.
    if (!random.chance(0.1)) created_at = firstDay + 1 + random.between(0, 600 * day);
    const first = random.pick(firstNames);
    const name = oddNames.get(index % 60) ?? `${first} ${random.pick(lastNames)}`;
    const email = `${first.toLowerCase()}.${index}@crowd.example`;
    const user = blankUser({ id: idOf(index, random), email, name, role: roleFor(random.next()), created_at });
    const last_active_at = lastActive(random, created_at, startedAt);
    world.users.add(Object.assign(user, extras(random, world), { last_active_at }));
  }
}

const day = 86_400;

/** Half counted, half invented: a hundred thousand of them must not take long. */
const idOf = (index: number, random: Random): string => `${index.toString(16).padStart(8, '0')}-5eed-4000-8000-${random.hex(12)}`;

const lastActive = (random: Random, createdAt: number, startedAt: number): number =>
  random.chance(0.08) ? startedAt - random.between(0, 150) : createdAt + random.between(0, 120 * day);

function roleFor(draw: number): string {
  if (draw < 0.86) return 'user';
  if (draw < 0.95) return 'pending';
  if (draw < 0.97) return 'admin';
  return draw < 0.985 ? 'suspended' : 'guest';
}

function extras(random: Random, world: OpenWebUIWorld): Partial<UserRecord> {
  const draw = random.next();
  if (draw < 0.6) return {};
  if (draw < 0.75) return { settings: createSampleSettings(random, world, 'few') };
  if (draw < 0.78) return { settings: createSampleSettings(random, world, 'full'), oauth: { github: { sub: random.hex(8) } } };
  if (draw < 0.9) return { bio: 'Here for the boats.', info: { location: 'Porto' } };
  if (draw < 0.95) return { profile_image_url: 'https://pictures.example/boat.webp', gender: 'female' };
  return { profile_image_url: '', status_emoji: '⛵', status_message: 'Sailing' };
}

const oddNames = new Map([
  [17, ''],
  [23, '100% Percy'],
  [31, 'under_score'],
  [44, 'Zoë Åkesson'],
]);

const firstNames = [
  ...(['Alma', 'Boris', 'Carla', 'Dario', 'Elsa', 'Femi', 'Greta', 'Hugo', 'Ines', 'Jonas', 'Kaja', 'Liam'] as const),
  ...(['Mira', 'Nils', 'Olga', 'Pavel', 'Quinn', 'Rosa', 'Sven', 'Tara', 'Umar', 'Vera', 'Wim', 'Yara'] as const),
] as const;

const lastNames = [
  'Anker',
  'Boje',
  'Carvalho',
  'Dorn',
  'Eskola',
  'Fjord',
  'Grann',
  'Holm',
  'Ivarsen',
  'Jansson',
  'Kaye',
] as const;
