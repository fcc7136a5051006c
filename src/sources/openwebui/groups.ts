import type { OpenWebUIGroup } from '../../domain/accounts/openwebui.ts';
import type { JsonObject } from '../../domain/facets.ts';
import { SourceError } from '../../errors.ts';
import type { Derivation, Read, SharedRead } from '../contract.ts';
import type { Asker } from './asking.ts';
import { withBypass } from './bypass.ts';
import { defaultPermissions, groups } from './endpoints.ts';
import { toGroup } from './map.ts';
import { effectiveGrants, grantsOf } from './permissions.ts';
import { OpenWebUIGroupList, OpenWebUIPermissions } from './wire.ts';

export interface GroupReads {
  readonly reads: readonly Read[];
  readonly shared: readonly SharedRead[];
  readonly derivations: readonly Derivation[];
}

/** All that concerns groups: one request for the groups, one for what everybody may do, whatever the number of users. */
export function groupReads(asker: Asker): GroupReads {
  let asked: Promise<OpenWebUIGroup[]> | undefined;
  // An administrator gets every group, anybody else their own.
  const readGroups = (): Promise<OpenWebUIGroup[]> => {
    asked ??= asker.askFor(groups, OpenWebUIGroupList).then(({ body }) => body.map(toGroup));
    return asked;
  };
  let askedDefaults: Promise<JsonObject> | undefined;
  const readDefaults = (): Promise<JsonObject> => {
    askedDefaults ??= asker.askFor(defaultPermissions, OpenWebUIPermissions).then(({ body }) => body);
    return askedDefaults;
  };

  return {
    reads: [
      {
        shape: 'sweep',
        name: 'groups',
        brings: ['openWebUIGroup'],
        partition: () => 'every group',
        cost: () => groupsCost,
        complete: true,
        read: async () => new Map((await readGroups()).map((group) => [group.id, { openWebUIGroup: group }])),
      },
      {
        shape: 'point',
        name: 'group list',
        brings: ['openWebUIGroupList'],
        cost: groupsCost,
        read: async () => ({ openWebUIGroupList: await readGroups() }),
      },
      {
        shape: 'point',
        name: 'default permissions',
        brings: ['openWebUIDefaultPermissions'],
        cost: defaultsCost,
        read: async () => ({ openWebUIDefaultPermissions: { grants: grantsOf(await readDefaults()) } }),
      },
    ],
    shared: [
      { name: 'groups', cost: groupsCost, read: readGroups },
      { name: 'defaults', cost: defaultsCost, read: readDefaults },
    ],
    derivations: [groupNames, permissions(asker.source)],
  };
}

/** A dozen groups with some permissions each. */
const groupsCost = { requests: 1, bytes: 5_000 };
const defaultsCost = { requests: 1, bytes: 1_500 };

/** List rows hold ids only. An id without a group was deleted between the two answers. */
const groupNames: Derivation = {
  facet: 'groups',
  from: ['groupIds'],
  shared: ['groups'],
  derive: ({ groupIds }, shared) => {
    if (groupIds === undefined || groupIds instanceof SourceError) return {};
    const byId = groupsById(shared);
    const names = groupIds.flatMap((id) => byId.get(id) ?? []).map(({ id, name }) => ({ id, name }));
    return { groups: names };
  },
};

const permissions = (source: string): Derivation => ({
  facet: 'permissions',
  from: ['groupIds'],
  shared: ['groups', 'defaults'],
  derive: ({ groupIds }, shared) => {
    if (groupIds === undefined || groupIds instanceof SourceError) return {};
    // What `readDefaults` brought.
    const defaults = shared.get('defaults') as JsonObject;
    const grants = effectiveGrants(groupIds, groupsById(shared), defaults);
    if (grants !== null) return { permissions: { grants: withBypass(grants, defaults) } };
    const hint = 'A group of this user gives an object for what should be yes or no.';
    return { permissions: new SourceError('SOURCE_MALFORMED', source, { hint }) };
  },
});

function groupsById(shared: ReadonlyMap<string, unknown>): ReadonlyMap<string, OpenWebUIGroup> {
  // What `readGroups` brought.
  const list = shared.get('groups') as readonly OpenWebUIGroup[];
  return new Map(list.map((group) => [group.id, group]));
}
