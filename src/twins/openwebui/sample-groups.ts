import type { Random } from '../random.ts';
import { castHere } from './cast-accounts.ts';
import type { JsonObject } from './json.ts';
import type { OpenWebUIWorld } from './world.ts';

/** Ids are fixed, so tests and examples can name them. */
export const sampleGroupIds = {
  operators: '60000001-0000-4000-8000-000000000001',
  crew: '60000002-0000-4000-8000-000000000002',
  deckhands: '60000003-0000-4000-8000-000000000003',
  readers: '60000004-0000-4000-8000-000000000004',
  otherReaders: '60000005-0000-4000-8000-000000000005',
  keepers: '60000006-0000-4000-8000-000000000006',
} as const;

/** Groups and who is in them: the cast by plan, the crowd by chance. */
export function addSampleGroups(world: OpenWebUIWorld, random: Random, firstDay: number): void {
  const creator = world.users.inserted()[0];
  samples.forEach((sample, index) => {
    const created_at = firstDay + (index + 1) * 3600;
    world.groups.add({
      id: sampleGroupIds[sample.key],
      user_id: creator?.id ?? '',
      name: sample.name,
      description: sample.description,
      parent_group_id: sample.below === undefined ? null : sampleGroupIds[sample.below],
      data: world.can.groupsStartSharedWithMembers ? { config: { share: 'members' } } : null,
      permissions: sample.permissions,
      created_at,
      updated_at: created_at + index * 60,
    });
    for (const alias of sample.cast) {
      const member = castHere.find((one) => one.alias === alias);
      if (member) world.groups.join(sampleGroupIds[sample.key], member.id);
    }
  });
  if (creator) world.groups.join(sampleGroupIds.operators, creator.id);
  addCrowdToGroups(world, random);
}

function addCrowdToGroups(world: OpenWebUIWorld, random: Random): void {
  const ids = [sampleGroupIds.crew, sampleGroupIds.deckhands, sampleGroupIds.readers, sampleGroupIds.otherReaders] as const;
  for (const user of world.users.inserted().slice(1 + castHere.length)) {
    if (random.chance(0.4)) world.groups.join(random.pick(ids), user.id);
    if (random.chance(0.1)) world.groups.join(random.pick(ids), user.id);
  }
}

interface SampleGroup {
  readonly key: keyof typeof sampleGroupIds;
  readonly name: string;
  readonly description: string;
  readonly permissions: JsonObject | null;
  /** The group above it, where groups nest. */
  readonly below?: keyof typeof sampleGroupIds;
  readonly cast: readonly string[];
}

const samples: readonly SampleGroup[] = [
  {
    key: 'operators',
    name: 'Operators',
    description: 'Run the place.',
    permissions: { features: { api_keys: true, direct_tool_servers: true, webhooks: true } },
    cast: ['ada'],
  },
  {
    key: 'crew',
    name: 'Crew',
    description: 'Everybody aboard.',
    permissions: { workspace: { models: true, knowledge: true }, features: { api_keys: true } },
    cast: ['bao', 'chidi', 'gus'],
  },
  {
    key: 'deckhands',
    name: 'Deck hands',
    description: 'Part of the crew.',
    permissions: { workspace: { tools: true }, chat: { temporary_enforced: true } },
    below: 'crew',
    cast: ['chidi', 'dunja'],
  },
  { key: 'readers', name: 'Readers', description: '', permissions: null, cast: ['dunja', 'fumiko'] },
  // A second group of the same name: names are no keys.
  { key: 'otherReaders', name: 'Readers', description: 'of old', permissions: {}, below: 'readers', cast: ['hex'] },
  {
    key: 'keepers',
    name: 'Lighthouse keepers',
    description: 'Hold keys no release knows.',
    // A refusal that cannot take anything away, an unknown key, an unknown section, a text that counts as true.
    permissions: { chat: { file_upload: false }, features: { lantern: true }, harbour: { moorings: true, fog: 'false' } },
    cast: ['bao'],
  },
];
