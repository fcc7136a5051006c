import { z } from 'zod';
import type { UpdateOpenWebUIGroup } from '../../../domain/accounts/openwebui-writes.ts';
import type { JsonObject } from '../../../domain/facets.ts';
import type { Change } from '../../../writing/change.ts';
import { nullFaults } from '../../../writing/expectations.ts';
import type { OpenWebUIGroupAnswer } from '../wire.ts';
import { checkId, checkName, checkSome, demand } from './checking.ts';
import { updateGroup as endpoint } from './endpoints.ts';
import { descriptionField, groupGuards, groupNameField, parentField } from './group-fields.ts';
import {
  checkPermissions,
  type GroupField,
  merged,
  singlePermissions,
  storedPermissions,
  wholePermissions,
} from './group-permissions.ts';
import { foreseeParent, readGroup } from './groups.ts';
import type { Means } from './means.ts';
import { grantAt, grantsBut } from './permission-tree.ts';
import { foreseeAdministrator } from './standing.ts';

/** The source wants name and description every time, and replaces permissions whole. */
export function updateGroup(means: Means, input: UpdateOpenWebUIGroup): Change<OpenWebUIGroupAnswer> {
  const { groupId, name, description, parentGroupId, permissions, permissionsMode, ifUnchanged } = input;
  const isMerge = permissionsMode === 'MERGE';
  const fields: GroupField[] = [
    ...(name == null ? [] : [groupNameField(name)]),
    ...(description == null ? [] : [descriptionField(description)]),
    ...(permissions == null ? [] : isMerge ? singlePermissions(permissions) : [wholePermissions(permissions)]),
    ...(parentGroupId === undefined ? [] : [parentField(parentGroupId)]),
  ];
  const isModeMissing = permissions != null && permissionsMode == null;
  demand(
    checkId('groupId', groupId),
    checkSome(fields),
    checkName(name),
    isModeMissing
      ? { field: 'permissionsMode', message: 'Say whether they are merged into the stored ones or replace them.' }
      : undefined,
    ...checkPermissions(permissions, isMerge),
    ...nullFaults(ifUnchanged, ['description', 'permissions', 'parentGroupId']),
  );
  const permissionsAfter = (before: OpenWebUIGroupAnswer, wanted: JsonObject): JsonObject =>
    isMerge ? merged(storedPermissions(before), wanted) : wanted;

  return {
    sort: 'change',
    operation: 'updateOpenWebUIGroup',
    target: `group ${groupId}`,
    fields,
    guards: groupGuards(ifUnchanged),
    read: () => readGroup(means, groupId),
    foresee: async (before) => {
      const isMoving = parentGroupId !== undefined && parentGroupId !== (before.parent_group_id ?? null);
      const forbidden = await foreseeAdministrator(means);
      return isMoving ? [...forbidden, ...(await foreseeParent(means, groupId, parentGroupId))] : forbidden;
    },
    along: async () => ({ facet: 'openWebUIGroup', parts: (group) => sentAlong(group, input) }),
    send: async (wanted, before) => {
      const differs = (part: string): boolean => wanted.some((field) => field.name.split('.')[0] === part);
      const form = {
        name: name ?? before.name,
        description: description ?? before.description ?? '',
        ...(permissions != null && differs('permissions') ? { permissions: permissionsAfter(before, permissions) } : {}),
        ...(differs('parentGroupId') ? { parent_group_id: parentGroupId } : {}),
      };
      await means.sender.post(endpoint(groupId), form, z.unknown());
    },
  };
}

function sentAlong(group: OpenWebUIGroupAnswer, { name, description, permissions, permissionsMode }: UpdateOpenWebUIGroup) {
  const isMerge = permissions != null && permissionsMode === 'MERGE';
  const isNamed = (section: string, key: string): boolean => grantAt(permissions ?? {}, section, key) !== undefined;
  return {
    ...(name == null ? { name: group.name } : {}),
    ...(description == null ? { description: group.description ?? '' } : {}),
    ...(isMerge ? grantsBut(storedPermissions(group), isNamed) : {}),
  };
}
