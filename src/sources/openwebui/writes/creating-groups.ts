import type { CreateOpenWebUIGroup } from '../../../domain/accounts/openwebui-writes.ts';
import type { Creation } from '../../../writing/change.ts';
import { checkName, demand } from './checking.ts';
import { createGroup as endpoint } from './endpoints.ts';
import { descriptionField, groupNameField, parentField } from './group-fields.ts';
import { checkPermissions, wholePermissions } from './group-permissions.ts';
import { foreseeParent, readGroup, readGroups } from './groups.ts';
import type { Means } from './means.ts';
import { foreseeAdministrator } from './standing.ts';
import { NewThing } from './wire.ts';

/** Names may repeat, so a name alone finds no group: the new one is that which was not there when it was first looked for. */
export function createGroup(means: Means, input: CreateOpenWebUIGroup): Creation {
  const { name, permissions, parentGroupId } = input;
  const description = input.description ?? '';
  demand(checkName(name), ...checkPermissions(permissions, false));
  let former: ReadonlySet<string> | undefined;
  return {
    sort: 'creation',
    operation: 'createOpenWebUIGroup',
    target: `group named ${name}`,
    fields: [
      groupNameField(name),
      descriptionField(description),
      ...(permissions == null ? [] : [wholePermissions(permissions)]),
      ...(parentGroupId == null ? [] : [parentField(parentGroupId)]),
    ],
    find: async () => {
      const groups = await readGroups(means);
      const known = former;
      former ??= new Set(groups.map(({ id }) => id));
      if (known === undefined) return null;
      const added = groups.filter(
        (group) => !known.has(group.id) && group.name === name && (group.description ?? '') === description,
      );
      return added[0]?.id ?? null;
    },
    foresee: async () => [
      ...(await foreseeAdministrator(means)),
      ...(parentGroupId == null ? [] : await foreseeParent(means, undefined, parentGroupId)),
    ],
    send: async () => {
      const parent = parentGroupId == null ? {} : { parent_group_id: parentGroupId };
      const form = { name, description, ...(permissions == null ? {} : { permissions }), ...parent };
      return (await means.sender.post(endpoint, form, NewThing)).id;
    },
    read: (id) => readGroup(means, id),
  };
}
