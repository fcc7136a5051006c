import { toInstance } from './instance-render.ts';
import { toPage } from './paging.ts';
import type { Query } from './request-parts.ts';
import type { Daemon, Instance } from './world.ts';

/** A page of one daemon's instances, the running ones first, then by name. Unlike a page of users it has no total. */
export function toInstancePage(daemon: Daemon, query: Query): object {
  const all = [...daemon.instances.values()];
  const wanted = all.filter((instance) => isWanted(instance, query)).sort(byStatusThenName);
  const { page, pageSize, maxPage, data } = toPage(wanted, Number(query.get('page')), Number(query.get('page_size')));
  return { page, pageSize, maxPage, allTags: [...new Set(all.flatMap(({ tag }) => tag))], data: data.map(toInstance) };
}

function isWanted(instance: Instance, query: Query): boolean {
  const name = query.get('instance_name')?.toLowerCase();
  const status = query.get('status');
  const tags = parseTags(query.get('tag'));
  if (name && !instance.nickname.toLowerCase().includes(name)) return false;
  if (status && String(instance.status) !== status) return false;
  return tags.every((tag) => instance.tag.includes(tag));
}

function byStatusThenName(a: Instance, b: Instance): number {
  return b.status - a.status || (a.nickname < b.nickname ? -1 : 1);
}

/** What is no JSON array is no filter. */
function parseTags(text: string | undefined): string[] {
  try {
    const tags: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(tags) ? tags.map(String) : [];
  } catch {
    return [];
  }
}
