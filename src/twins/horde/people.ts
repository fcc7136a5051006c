import { createRandom, type Random } from '../random.ts';
import { DAY } from './dates.ts';
import type { UnbuiltUsers } from './directory.ts';
import { newUser } from './new-records.ts';
import type { HordeUser, Role } from './records.ts';
import type { Secrets } from './secrets.ts';

const opened = Date.UTC(2022, 8, 12);
const lastJoined = Date.UTC(2025, 5, 1);

/** The many: each built from the seed and their own id alone, so that one can be had without the others. */
export function generatedPeople(seed: number, ids: readonly number[], secrets: Secrets): UnbuiltUsers {
  const highest = ids.at(-1) ?? 1;
  const rank = (id: number): { kudos: number; createdAt: number; random: Random } => {
    const random = createRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(id + 1, 0x85ebca6b));
    const kudos = random.chance(0.08) ? 25 : 25 + Math.floor(10 ** (0.5 + random.next() * 5.5));
    const createdAt = opened + Math.floor(((id + random.next()) / (highest + 1)) * (lastJoined - opened));
    return { kudos, createdAt, random };
  };
  return {
    ids,
    rankOf: (id) => {
      const { kudos, createdAt } = rank(id);
      return { kudos, createdAt };
    },
    build: (id) => {
      const { kudos, createdAt, random } = rank(id);
      return inventUser(id, kudos, createdAt, random, secrets);
    },
  };
}

function inventUser(id: number, kudos: number, createdAt: number, random: Random, secrets: Secrets): HordeUser {
  const roles = inventRoles(random);
  const awarded = random.chance(0.3) ? random.between(5, 400) : 0;
  const gifted = random.chance(0.15) ? -random.between(10, 2000) : 0;
  const pixels = random.between(0, 60_000);
  const earns = kudos > 20_000;
  const service = roles.includes('service');
  return newUser({
    id,
    alias: inventAlias(random),
    apiKey: secrets.apiKeyOf(id),
    createdAt,
    lastActiveAt: createdAt + random.between(1, 400) * DAY,
    kudos,
    evaluatingKudos: roles.includes('trusted') ? 0 : random.between(0, 4000),
    roles,
    concurrency: roles.includes('education') ? 200 : 30,
    pseudonymous: kudos === 25 ? false : random.chance(0.1),
    deleted: random.chance(0.01),
    suspicions: roles.includes('flagged') ? random.between(2, 9) : 0,
    contact: random.chance(0.1) ? `user${id}@example.org` : null,
    adminComment: roles.includes('flagged') ? 'sells kudos' : null,
    proxyPasskey: service ? secrets.passkeyOf(id) : null,
    kudosDetails: {
      accumulated: kudos - awarded - gifted,
      ...(awarded > 0 ? { awarded } : {}),
      ...(gifted < 0 ? { gifted } : {}),
    },
    records: {
      usage: { megapixelsteps: pixels + random.between(1, 99) / 100, tokens: random.between(0, 90_000) },
      contribution: earns ? { megapixelsteps: kudos * 1.37 + 0.25, tokens: kudos * 3 } : { tokens: 0 },
      fulfillment: { image: earns ? Math.floor(kudos / 11) : 0, text: earns ? Math.floor(kudos / 90) : 0, interrogation: 0 },
      request: { image: Math.floor(pixels / 7), text: random.between(0, 900), interrogation: random.between(0, 20) },
      style: { image: random.chance(0.05) ? random.between(1, 60) : 0, text: 0, interrogation: 0 },
    },
  });
}

function inventRoles(random: Random): Role[] {
  const roles: Role[] = [];
  if (random.chance(0.25)) roles.push('trusted');
  if (random.chance(0.03)) roles.push('flagged');
  if (random.chance(0.05)) roles.push('customizer');
  if (random.chance(0.04)) roles.push('vpn');
  if (random.chance(0.02)) roles.push('service');
  if (random.chance(0.02)) roles.push('education');
  if (random.chance(0.02)) roles.push('special');
  return roles;
}

const first = ['amber', 'brisk', 'calm', 'dusty', 'early', 'faint', 'green', 'hazy', 'ivory', 'jolly', 'kind', 'lunar'] as const;
const last = ['otter', 'lantern', 'comet', 'Fjord', 'maple', 'rocket', 'quill', 'heron', 'ember', 'żuk', '狐', 'café'] as const;

/** Now and then with what real aliases hold: HTML left by the cleaning, a hash, a space. */
function inventAlias(random: Random): string {
  const name = `${random.pick(first)}${random.pick(['', '-', '_', ' '])}${random.pick(last)}`;
  if (random.chance(0.03)) return `${name} &amp; co`;
  return random.chance(0.03) ? `${name}#${random.between(1, 99)}` : `${name}${random.between(1, 999)}`;
}
