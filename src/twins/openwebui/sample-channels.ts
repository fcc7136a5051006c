import { castHere } from './cast-accounts.ts';
import { sampleGroupIds } from './sample-groups.ts';
import type { ChannelRecord, OpenWebUIWorld } from './world.ts';

/** Ids are fixed, so tests and examples can name them. */
export const sampleChannelIds = {
  announcements: 'c0000001-0000-4000-8000-000000000001',
  bridge: 'c0000002-0000-4000-8000-000000000002',
  watch: 'c0000003-0000-4000-8000-000000000003',
  direct: 'c0000004-0000-4000-8000-000000000004',
} as const;

/** One channel of each sort: open to all, by grant, by membership, between two. */
export function addSampleChannels(world: OpenWebUIWorld, firstDay: number): void {
  const id = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';
  const created_at = BigInt(firstDay) * 1_000_000_000n + 813_485_601n;
  const add = (channel: Pick<ChannelRecord, 'id' | 'name'> & Partial<ChannelRecord>): void => {
    const blank = { user_id: id('ada'), type: null, description: null, members: [], access: null };
    world.channels.set(channel.id, { ...blank, created_at, updated_at: created_at + 1_000n, ...channel });
  };
  add({ id: sampleChannelIds.announcements, name: 'announcements' });
  add({ id: sampleChannelIds.bridge, name: 'bridge', access: { users: [], groups: [sampleGroupIds.operators] } });
  add({ id: sampleChannelIds.watch, name: 'watch', type: 'group', members: [id('ada'), id('bao'), id('chidi')] });
  add({ id: sampleChannelIds.direct, name: '', type: 'dm', members: [id('bao'), id('dunja')] });
}
