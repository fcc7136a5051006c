import type { OpenWebUIGroup } from '../../domain/accounts/openwebui.ts';
import type { Json, JsonObject, PermissionGrant } from '../../domain/facets.ts';

/** What a group's permissions count for: all but these two and its id is beside the point. */
export type GrantingGroup = Pick<OpenWebUIGroup, 'id' | 'parentGroupId' | 'permissions'>;

/**
 * What a user with these groups may do, by the server's own rule: begin with the defaults, and let every group add. The most
 * permissive wins, and no group can take away. Ids without a group count for nothing, as on the server. Null where a group gives
 * an object for what is a plain value already: there the server fails too, for every member.
 */
export function effectiveGrants(
  groupIds: readonly string[],
  groups: ReadonlyMap<string, GrantingGroup>,
  defaults: JsonObject,
): PermissionGrant[] | null {
  const tree = toTree(defaults);
  for (const group of withAncestors(groupIds, groups)) {
    if (!mergeInto(tree, group.permissions ?? {})) return null;
  }
  return flatten(tree);
}

/** Permissions that the server has worked out itself. */
export const grantsOf = (permissions: JsonObject): PermissionGrant[] => flatten(toTree(permissions));

/** Since 0.12 a group inherits from its parents. Each group counts once, so a circle of parents ends. */
function withAncestors(groupIds: readonly string[], groups: ReadonlyMap<string, GrantingGroup>): Iterable<GrantingGroup> {
  const found = new Map<string, GrantingGroup>();
  for (const id of groupIds) {
    let group = groups.get(id);
    while (group !== undefined && !found.has(group.id)) {
      found.set(group.id, group);
      group = group.parentGroupId === null ? undefined : groups.get(group.parentGroupId);
    }
  }
  return found.values();
}

// Maps, because a group may use any text as a key, `__proto__` too.
type Leaf = Exclude<Json, JsonObject>;
type Tree = Map<string, Tree | Leaf>;

function toTree(permissions: JsonObject): Tree {
  return new Map(Object.entries(permissions).map(([key, value]) => [key, isObject(value) ? toTree(value) : value]));
}

/** False when an object meets a plain value. */
function mergeInto(tree: Tree, permissions: JsonObject): boolean {
  for (const [key, value] of Object.entries(permissions)) {
    const present = tree.get(key);
    if (!isObject(value)) {
      if (!isTrue(present)) tree.set(key, value);
      continue;
    }
    if (present === undefined) tree.set(key, toTree(value));
    // An empty object has nothing to say and therefore does not clash with a plain value.
    else if (!(present instanceof Map ? mergeInto(present, value) : Object.keys(value).length === 0)) return false;
  }
  return true;
}

/** As Python sees it: the text "false" is true, and whatever is empty is not. */
function isTrue(value: Tree | Leaf | undefined): boolean {
  if (value instanceof Map) return value.size > 0;
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Two levels are usual. Whatever lies deeper joins its keys with dots; a plain value at the top has no section. */
function flatten(tree: Tree): PermissionGrant[] {
  return [...tree].flatMap(([section, value]) =>
    value instanceof Map
      ? leaves(value).map(([key, allowed]) => ({ section, key, allowed }))
      : [{ section: '', key: section, allowed: isTrue(value) }],
  );
}

function leaves(tree: Tree): [key: string, allowed: boolean][] {
  return [...tree].flatMap(([key, value]): [string, boolean][] =>
    value instanceof Map ? leaves(value).map(([inner, allowed]) => [`${key}.${inner}`, allowed]) : [[key, isTrue(value)]],
  );
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
