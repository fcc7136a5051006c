import { z } from 'zod';
import type { WantedGrant } from '../../../domain/accounts/openwebui-writes.ts';
import type { Json, JsonObject } from '../../../domain/facets.ts';
import type { Change, Guard, WantedField } from '../../../writing/change.ts';
import type { Fault } from '../../../writing/refusals.ts';
import { defaultPermissions } from '../endpoints.ts';
import { OpenWebUIPermissions } from '../wire.ts';
import { checkSome, demand } from './checking.ts';
import { guard } from './guards.ts';
import type { Means } from './means.ts';
import { grantAt, grantsBut, withGrant } from './permission-tree.ts';

/**
 * The source takes them only whole: sections left out are refused, keys left out become what its schema says, some of them true.
 * So all that it tells is sent back with the changes in it. Keys that the release does not know are dropped in silence.
 */
export function updateDefaultPermissions({ asker, sender }: Means, grants: readonly WantedGrant[]): Change<JsonObject> {
  demand(checkSome(grants), ...grants.map((grant, index) => checkGrant(grant, index, grants)));
  return {
    sort: 'change',
    operation: 'updateOpenWebUIDefaultPermissions',
    target: 'default permissions',
    fields: grants.map(toField),
    guards: grants.flatMap(toGuard),
    read: async () => (await asker.askFor(defaultPermissions, OpenWebUIPermissions)).body,
    along: async () => ({
      facet: 'openWebUIDefaultPermissions',
      parts: (tree) => grantsBut(tree, (section, key) => grants.some((grant) => grant.section === section && grant.key === key)),
    }),
    send: async (_wanted, before) => {
      const whole = grants.reduce((tree, { section, key, allowed }) => withGrant(tree, section, key, allowed), before);
      await sender.post(defaultPermissions, whole, z.unknown());
    },
  };
}

const aspect = ({ section, key }: WantedGrant) => ({
  name: `${section}.${key}`,
  facet: 'openWebUIDefaultPermissions' as const,
  // Null: the release has no such key.
  current: (tree: JsonObject): Json => grantAt(tree, section, key) ?? null,
});

const toField = (grant: WantedGrant): WantedField<JsonObject> => ({ ...aspect(grant), wanted: grant.allowed });
const toGuard = (grant: WantedGrant): Guard<JsonObject>[] => guard(aspect(grant), grant.expected);

function checkGrant({ section, key }: WantedGrant, index: number, all: readonly WantedGrant[]): Fault | undefined {
  const field = `grants.${index}`;
  if (section === '' || key === '') return { field, message: 'It needs a section and a key.' };
  const isRepeated = all.findIndex((other) => other.section === section && other.key === key) < index;
  return isRepeated ? { field, message: 'The same permission stands twice.' } : undefined;
}
