import type { JsonObject } from '../../../domain/facets.ts';
import type { Problem } from '../../../writing/change.ts';
import { session } from '../endpoints.ts';
import { OpenWebUISession } from '../wire.ts';
import type { Means } from './means.ts';
import { grantAt, isObject, own } from './permission-tree.ts';
import type { ReleaseNumbers } from './release.ts';

/** A key of `ui` that the source drops from whatever is saved without this permission, losing with it what was stored. */
interface Gated {
  readonly key: string;
  readonly permission: string;
  readonly since: ReleaseNumbers;
  isStored(value: unknown): boolean;
}

const gated: readonly Gated[] = [
  { key: 'toolServers', permission: 'direct_tool_servers', since: [0, 0, 0], isStored: (value) => value != null },
  {
    key: 'notifications',
    permission: 'webhooks',
    since: [0, 11, 0],
    isStored: (value) => typeof value === 'object' && value !== null && 'webhook_url' in value,
  },
];

/** What a save would take away although nobody asked for it. Who names the key has decided. */
export async function foreseeLosses(
  { asker, release, source }: Means,
  stored: JsonObject,
  wanted: JsonObject,
): Promise<Problem[]> {
  const atRisk: Gated[] = [];
  for (const candidate of gated) {
    const isAtRisk = own(wanted, candidate.key) === undefined && candidate.isStored(own(stored, candidate.key));
    if (isAtRisk && (isAlways(candidate) || (await release.isAtLeast(candidate.since)))) atRisk.push(candidate);
  }
  if (atRisk.length === 0) return [];
  const { role, permissions } = (await asker.askFor(session, OpenWebUISession)).body;
  if (role === 'admin' || !isObject(permissions ?? undefined)) return [];
  return atRisk
    .filter(({ permission }) => grantAt(permissions ?? {}, 'features', permission) !== true)
    .map(({ key }) => ({
      kind: 'FORBIDDEN',
      source,
      message: `Saving would lose ui.${key}, which the source no longer lets this account keep. Name it, with null to let it go.`,
    }));
}

const isAlways = ({ since }: Gated): boolean => since.every((number) => number === 0);
