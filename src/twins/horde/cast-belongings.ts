import type { Random } from '../random.ts';
import { DAY } from './dates.ts';
import { float } from './json.ts';
import { newSharedKey, newStyle, newTeam, newWorker } from './new-records.ts';
import type { HordeSharedKey, HordeStyle, HordeTeam, HordeWorker } from './records.ts';

interface Belongings {
  readonly workers: readonly HordeWorker[];
  readonly styles: readonly HordeStyle[];
  readonly sharedKeys: readonly HordeSharedKey[];
  readonly teams: readonly HordeTeam[];
}

/** Workers, styles, shared keys and the team of the cast, in the order in which they were made. */
export function castBelongings(random: Random, startedAt: number): Belongings {
  const teamId = random.uuid();
  const clubKey = newSharedKey({
    id: random.uuid(),
    ownerId: 101,
    name: 'Harbour club',
    expiresAt: startedAt + 30 * DAY,
    maxImagePixels: 1_048_576,
  });
  return {
    teams: [newTeam({ id: teamId, creatorId: 101, name: 'Harbour', info: 'the harbour’s machines', requestsFulfilled: 44_231 })],
    sharedKeys: [
      clubKey,
      newSharedKey({ id: random.uuid(), ownerId: 101, kudos: -1, utilized: 7210 }),
      newSharedKey({ id: random.uuid(), ownerId: 103, name: 'chidi’s class', kudos: 0, utilized: 5000, maxTextTokens: 256 }),
    ],
    styles: castStyles(random, clubKey.id),
    workers: castWorkers(random, teamId),
  };
}

function castStyles(random: Random, sharedKeyId: string): HordeStyle[] {
  return [
    newStyle({
      id: random.uuid(),
      type: 'image',
      ownerId: 101,
      name: 'lighthouse',
      info: 'night, rain, one lamp',
      prompt: '{p}, lighthouse at night ### {np}',
      params: { steps: 20, height: 512, width: 512 },
      tags: ['sea'],
      models: ['stable_diffusion'],
      useCount: 90,
    }),
    newStyle({
      id: random.uuid(),
      type: 'image',
      ownerId: 101,
      name: 'draft',
      params: { steps: 10 },
      public: false,
      models: ['stable_diffusion'],
      sharedKeyId,
    }),
    newStyle({
      id: random.uuid(),
      type: 'text',
      ownerId: 103,
      name: 'terse',
      params: { min_p: float(0), smoothing_factor: float(0), dynatemp_range: float(0), dynatemp_exponent: float(1) },
      models: ['koboldcpp/tiny'],
    }),
  ];
}

function castWorkers(random: Random, teamId: string): HordeWorker[] {
  return [
    newWorker({
      id: random.uuid(),
      type: 'image',
      ownerId: 101,
      name: 'Harbour Dreamer',
      info: 'a quiet card',
      nsfw: true,
      threads: 2,
      uptime: 864_000,
      requestsFulfilled: 40_210,
      kudosRewards: 310_940,
      performance: '1.4 megapixelsteps per second',
      models: ['stable_diffusion', 'Deliberate'],
      teamId,
    }),
    newWorker({
      id: random.uuid(),
      type: 'text',
      ownerId: 101,
      name: 'Harbour Scribe',
      performance: '18.2 tokens per second',
      models: ['koboldcpp/tiny'],
      bridgeAgent: 'KoboldCppEmbedWorker:2:https://github.com/LostRuins/koboldcpp',
    }),
    newWorker({ id: random.uuid(), type: 'interrogation', ownerId: 101, name: 'Harbour Alchemist', models: ['caption', 'nsfw'] }),
    newWorker({
      id: random.uuid(),
      type: 'image',
      ownerId: 103,
      name: 'chidi-3060',
      models: ['stable_diffusion'],
      performance: '0.6 megapixelsteps per second',
      teamId,
    }),
    newWorker({ id: random.uuid(), type: 'text', ownerId: 102, name: 'bao’s laptop', models: ['koboldcpp/tiny'], online: false }),
  ];
}
