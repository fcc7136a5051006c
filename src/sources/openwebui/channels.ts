import type { PointRead } from '../contract.ts';
import type { Asker } from './asking.ts';
import { channelMembers } from './endpoints.ts';
import { canonicalId } from './native-id.ts';
import { pageSize, safeOrder } from './pages.ts';
import { OpenWebUIChannelMembers } from './wire.ts';

/** Who is in a channel, by the channel's id. The server shows it to members only, administrators or not. */
export const channelMembersRead = (asker: Asker): PointRead => ({
  shape: 'point',
  name: 'channelMembers',
  brings: ['channelMembers'],
  cost: { requests: 1, bytes: 8_000 },
  read: async (id) => {
    const members = canonicalId(id) === null ? null : await readMembers(asker, id);
    return members === null ? null : { channelMembers: members };
  },
});

async function readMembers(asker: Asker, id: string): Promise<string[] | null> {
  const ids = new Set<string>();
  let ended = false;
  for (let page = 1; !ended; page += 1) {
    const told = await asker.ask(channelMembers(id), OpenWebUIChannelMembers, { ...safeOrder, page });
    if (told === null) return null;
    const { users, total } = told.body;
    const before = ids.size;
    for (const member of users) ids.add(member.id);
    // A direct conversation is sent whole, whatever page was asked for; a page without anybody new ends any.
    ended = ids.size === before || ids.size >= total || page * pageSize >= total;
  }
  return [...ids];
}
