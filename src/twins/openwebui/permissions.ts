import { isObject, isTruthy, type Json, type JsonObject } from './json.ts';
import { Unhandled } from './refusal.ts';
import type { OpenWebUIWorld } from './world.ts';

/** What the server computes for a user, whatever their role. Fails as the server does where a group has an object for a leaf. */
export function effectivePermissions(world: OpenWebUIWorld, userId: string): JsonObject {
  return grantingGroups(world, userId).reduce((tree, group) => merge(tree, group.permissions ?? {}), world.defaultPermissions);
}

/** Whether a group or the defaults, with the built-in ones in their gaps, grant `section.key`. */
export function hasPermission(world: OpenWebUIWorld, userId: string, permission: string): boolean {
  const trees = grantingGroups(world, userId).map((group) => group.permissions ?? {});
  if (trees.some((tree) => isTruthy(leaf(tree, permission)))) return true;
  return isTruthy(leaf(world.defaultPermissions, permission) ?? leaf(world.builtInPermissions, permission));
}

/** The groups whose grants reach a user: their own and, since groups nest, those above. */
function grantingGroups(world: OpenWebUIWorld, userId: string) {
  const own = world.groups.groupsOf(userId);
  return world.can.nestedGroups ? [...own, ...world.groups.ancestorsOf(own)] : own;
}

// Most permissive wins: what is true already stays, so a group can add but never take away.
function merge(into: JsonObject, from: JsonObject): JsonObject {
  const result: Record<string, Json> = { ...into };
  for (const [key, value] of Object.entries(from)) {
    const present = result[key];
    if (!isObject(value)) {
      if (!isTruthy(present)) result[key] = value;
    } else if (present === undefined || isObject(present)) {
      result[key] = merge(present ?? {}, value);
    } else throw new Unhandled('A group has an object where the defaults have a single value.');
  }
  return result;
}

function leaf(tree: JsonObject, permission: string): Json | undefined {
  let value: Json | undefined = tree;
  for (const key of permission.split('.')) value = isObject(value) ? value[key] : undefined;
  return value;
}
