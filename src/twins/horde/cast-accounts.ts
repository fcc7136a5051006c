import { type CastMember, cast } from '../../domain/cast.ts';
import type { Random } from '../random.ts';
import { castBelongings } from './cast-belongings.ts';
import { DAY } from './dates.ts';
import { newUser } from './new-records.ts';
import type { HordeUser, Role } from './records.ts';
import type { Secrets } from './secrets.ts';
import type { WorldContents } from './world.ts';

type CastContents = Required<Pick<WorldContents, 'users' | 'workers' | 'styles' | 'sharedKeys' | 'teams'>>;

type Details = Partial<Omit<HordeUser, 'id' | 'roles'>> & { readonly more?: readonly Role[] };

const holders = cast.filter((member): member is CastMember & { horde: number } => member.horde !== undefined);

export const castIds: readonly number[] = holders.map((member) => member.horde);

/** The cast's accounts and all that belongs to them. */
export function castAccounts(secrets: Secrets, random: Random, startedAt: number): CastContents {
  const details = castDetails(secrets, random);
  const users = holders.map((member) => {
    const { more = [], ...own } = details[member.horde] ?? {};
    const createdAt = member.standing === 'newcomer' ? startedAt - 2 * DAY : Date.UTC(2023, 2, member.horde % 28, 9, 30);
    return newUser({
      id: member.horde,
      alias: member.alias,
      apiKey: secrets.apiKeyOf(member.horde),
      createdAt,
      lastActiveAt: startedAt - 3600_000,
      roles: [...standingRoles[member.standing], ...more],
      pseudonymous: member.standing === 'newcomer',
      contact: member.standing === 'newcomer' ? null : member.email,
      ...own,
    });
  });
  return { users, ...castBelongings(random, startedAt) };
}

const standingRoles: Record<CastMember['standing'], readonly Role[]> = {
  admin: ['moderator', 'trusted'],
  moderator: ['moderator', 'trusted'],
  member: [],
  newcomer: [],
  banned: ['flagged'],
};

/** What tells the seven apart, by Horde id. */
function castDetails(secrets: Secrets, random: Random): Record<number, Details> {
  return {
    101: {
      kudos: 912_440,
      kudosDetails: {
        accumulated: 310_940,
        gifted: -4500,
        donated: -1000,
        admin: 5000,
        received: 120,
        recurring: 600_000,
        awarded: 1880,
      },
      monthlyKudos: { assigned: 0, entitled: 20_000, lastReceivedAt: Date.UTC(2025, 4, 3, 7, 8, 9) },
      workerInvited: 3,
      activeGenerations: { text: [random.uuid()], image: [random.uuid(), random.uuid()] },
      records: {
        usage: { megapixelsteps: 15_230.47, tokens: 204_800 },
        contribution: { megapixelsteps: 987_654.43, tokens: 10_485_760 },
        fulfillment: { image: 40_210, text: 3100, interrogation: 170 },
        request: { image: 2050, text: 440, interrogation: 30 },
        style: { image: 90, text: 12, interrogation: 0 },
      },
    },
    102: {
      kudos: 318_077,
      kudosDetails: { accumulated: 17_577, recurring: 300_000, awarded: 500 },
      monthlyKudos: { assigned: 1000, entitled: 0, lastReceivedAt: Date.UTC(2025, 4, 12, 18, 0, 0) },
      publicWorkers: true,
    },
    103: {
      kudos: 131_072,
      more: ['trusted', 'customizer'],
      publicWorkers: true,
      kudosDetails: { accumulated: 130_345, gifted: -124, received: 339, awarded: 500, styled: 12 },
      activeGenerations: { text: [], image: [random.uuid()] },
      adminComment: 'runs workers since 2023',
      records: {
        usage: { megapixelsteps: 1523.47, tokens: 20_480 },
        contribution: { megapixelsteps: 98_765.43, tokens: 1_048_576 },
        fulfillment: { image: 4021, text: 310, interrogation: 17 },
        request: { image: 205, text: 44, interrogation: 3 },
        style: { image: 9, text: 0, interrogation: 0 },
      },
    },
    104: {
      kudos: 1234,
      evaluatingKudos: 1800,
      more: ['vpn'],
      kudosDetails: { accumulated: -890, received: 2124 },
      activeGenerations: { text: [random.uuid(), random.uuid()], image: [] },
      records: {
        usage: { tokens: 61_440 },
        contribution: { tokens: 0 },
        fulfillment: { image: 0, text: 0, interrogation: 0 },
        request: { image: 0, text: 733, interrogation: 0 },
        style: { image: 0, text: 0, interrogation: 0 },
      },
    },
    105: {
      kudos: 50_000,
      more: ['trusted', 'service', 'special'],
      kudosDetails: { accumulated: -250_000, admin: 300_000 },
      proxyPasskey: secrets.passkeyOf(105),
      concurrency: 120,
    },
    107: { kudos: 14 },
    108: {
      kudos: 25,
      suspicions: 6,
      evaluatingKudos: 312,
      kudosDetails: { accumulated: 2025, gifted: -2000 },
      adminComment: 'sells kudos',
      contact: null,
    },
  };
}
