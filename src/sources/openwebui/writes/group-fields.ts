import type { UpdateOpenWebUIGroup } from '../../../domain/accounts/openwebui-writes.ts';
import type { Guard } from '../../../writing/change.ts';
import type { OpenWebUIGroupAnswer } from '../wire.ts';
import { type GroupField, storedPermissions } from './group-permissions.ts';
import { type Aspect, guard } from './guards.ts';

type GroupAspect = Aspect<OpenWebUIGroupAnswer>;

const facet = 'openWebUIGroup';
const name: GroupAspect = { name: 'name', facet, current: (group) => group.name };
const description: GroupAspect = { name: 'description', facet, current: (group) => group.description ?? '' };
const permissions: GroupAspect = { name: 'permissions', facet, current: storedPermissions };
/** Null also where groups have no parents. */
const parent: GroupAspect = { name: 'parentGroupId', facet, current: (group) => group.parent_group_id ?? null };

export const groupNameField = (wanted: string): GroupField => ({ ...name, wanted });
export const descriptionField = (wanted: string): GroupField => ({ ...description, wanted });
export const parentField = (wanted: string | null): GroupField => ({ ...parent, wanted });

/** What the caller took the group for. */
export const groupGuards = (expected: UpdateOpenWebUIGroup['ifUnchanged']): Guard<OpenWebUIGroupAnswer>[] => [
  ...guard(name, expected?.name ?? undefined),
  // None is stored as an empty one.
  ...guard(description, expected?.description === null ? '' : expected?.description),
  ...guard(permissions, expected?.permissions === null ? {} : expected?.permissions),
  ...guard(parent, expected?.parentGroupId),
];
