import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject, PermissionGrant } from '../../src/domain/facets.ts';
import { effectiveGrants, type GrantingGroup, grantsOf } from '../../src/sources/openwebui/permissions.ts';

const group = (id: string, permissions: JsonObject | null, parentGroupId: string | null = null): GrantingGroup => ({
  id,
  permissions,
  parentGroupId,
});
const byId = (...groups: GrantingGroup[]): ReadonlyMap<string, GrantingGroup> => new Map(groups.map((one) => [one.id, one]));
const allowed = (section: string, key: string): PermissionGrant => ({ section, key, allowed: true });
const denied = (section: string, key: string): PermissionGrant => ({ section, key, allowed: false });

describe('effective permissions', () => {
  test('a group adds and never takes away', () => {
    const groups = byId(group('a', { chat: { delete: false, edit: true } }));

    const grants = effectiveGrants(['a'], groups, { chat: { delete: true, edit: false } });

    expect(grants).toEqual([allowed('chat', 'delete'), allowed('chat', 'edit')]);
  });

  test('unknown keys and sections of a group pass through', () => {
    const groups = byId(group('a', { chat: { lantern: true }, harbour: { fog: false, deep: { water: true } }, flag: true }));

    const grants = effectiveGrants(['a'], groups, { chat: { edit: false } });

    expect(grants).toEqual([
      denied('chat', 'edit'),
      allowed('chat', 'lantern'),
      denied('harbour', 'fog'),
      allowed('harbour', 'deep.water'),
      allowed('', 'flag'),
    ]);
  });

  test('what is true is decided as Python does', () => {
    const odd = { s: 'false', t: '', n: 0, one: 0.5, list: [], full: [0], nothing: null, object: {} };

    expect(grantsOf({ odd })).toEqual([
      allowed('odd', 's'),
      denied('odd', 't'),
      denied('odd', 'n'),
      allowed('odd', 'one'),
      denied('odd', 'list'),
      allowed('odd', 'full'),
      denied('odd', 'nothing'),
    ]);
  });

  test('a null of a group leaves a plain no', () => {
    expect(effectiveGrants(['a'], byId(group('a', { chat: { edit: null } })), { chat: { edit: false } })).toEqual([
      denied('chat', 'edit'),
    ]);
  });

  test('an object where the defaults have a plain value has no result, as on the server', () => {
    const clash = byId(group('a', { chat: { edit: { mine: true } } }), group('empty', { chat: { edit: {} } }));

    expect(effectiveGrants(['a'], clash, { chat: { edit: false } })).toBeNull();
    expect(effectiveGrants(['empty'], clash, { chat: { edit: false } })).toEqual([denied('chat', 'edit')]);
    expect(effectiveGrants([], clash, { chat: { edit: false } })).toEqual([denied('chat', 'edit')]);
  });

  test('groups inherit from those above them, and a circle of parents ends', () => {
    const groups = byId(
      group('child', null, 'parent'),
      group('parent', { chat: { edit: true } }, 'grandparent'),
      group('grandparent', { chat: { share: true } }, 'child'),
      group('lost', {}, 'gone'),
    );

    const grants = effectiveGrants(['child', 'lost', 'unknown'], groups, { chat: { edit: false, share: false, call: false } });

    expect(grants).toEqual([allowed('chat', 'edit'), allowed('chat', 'share'), denied('chat', 'call')]);
  });

  test('keys that mean something to JavaScript are keys like any other', () => {
    const hostile: JsonObject = JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": true}}');

    const grants = effectiveGrants(['a'], byId(group('a', hostile)), {});

    expect(grants).toEqual([allowed('__proto__', 'polluted'), allowed('constructor', 'prototype')]);
    expect('polluted' in {}).toBe(false);
  });

  test('agrees with the rule written down plainly, whatever groups hold', () => {
    let clashes = 0;
    fc.assert(
      fc.property(
        tree,
        fc.array(anyGroup, { maxLength: 6 }),
        fc.array(fc.nat(7), { maxLength: 4 }),
        (defaults, groups, picks) => {
          const ids = picks.map((pick) => `g${pick}`);
          const numbered = groups.map((one, index) => ({ ...one, id: `g${index}` }));
          const expected = restated(ids, numbered, defaults);
          if (expected === null) clashes += 1;
          expect(effectiveGrants(ids, byId(...numbered), defaults)).toEqual(expected);
        },
      ),
      { numRuns: 2_000, seed: 42 },
    );
    // The property would say little if clashes were never or always drawn.
    expect(clashes).toBeGreaterThan(20);
    expect(clashes).toBeLessThan(1_500);
  });
});

test.for(['0.6.42', '0.11.0'])('what %s itself said of a user is what is worked out from its groups and defaults', (version) => {
  const defaults = bodyOf(version, 'default-permissions');
  const groups = bodyOf(version, 'groups-admin');
  const own = bodyOf(version, 'my-permissions');
  if (!Array.isArray(groups) || !isObject(defaults) || !isObject(own)) throw new Error('the recordings hold other shapes');
  const known = groups.map((one: { id: string; permissions: JsonObject }) => group(one.id, one.permissions));

  const grants = effectiveGrants(
    known.map(({ id }) => id),
    byId(...known),
    defaults,
  );

  // The defaults' own schema leaves out keys that its release has already; none may differ otherwise.
  const said = grantsOf(own).filter(({ section, key }) => isObject(defaults[section]) && key in defaults[section]);
  expect(said.length).toBeGreaterThan(40);
  expect(new Set(grants?.map((grant) => JSON.stringify(grant)))).toEqual(new Set(said.map((grant) => JSON.stringify(grant))));
});

/** The algorithm as one would tell it: copy the defaults, merge each group and each group above it, look at every leaf. */
function restated(ids: string[], groups: GrantingGroup[], defaults: JsonObject): PermissionGrant[] | null {
  // Not `structuredClone`, which keeps two places one where the generator used one object twice.
  const result: JsonObject = JSON.parse(JSON.stringify(defaults));
  const merged: string[] = [];
  const visit = (id: string): void => {
    const found = groups.find((one) => one.id === id);
    if (found === undefined || merged.includes(id)) return;
    merged.push(id);
    merge(result, found.permissions ?? {});
    if (found.parentGroupId !== null) visit(found.parentGroupId);
  };
  try {
    for (const id of ids) visit(id);
  } catch {
    return null;
  }
  return Object.entries(result).flatMap(([section, value]) =>
    isObject(value)
      ? leaves(value).map(([key, leaf]) => ({ section, key, allowed: truthy(leaf) }))
      : [{ section: '', key: section, allowed: truthy(value) }],
  );
}

function merge(into: Record<string, Json>, from: JsonObject): void {
  for (const [key, value] of Object.entries(from)) {
    if (isObject(value)) {
      if (!(key in into)) into[key] = {};
      const inner = into[key];
      // The generated trees hold plain, writable objects only.
      if (isObject(inner)) merge(inner as Record<string, Json>, value);
      else if (Object.keys(value).length > 0) throw new Error('an object meets a plain value');
    } else if (!(key in into) || !truthy(into[key])) into[key] = value;
  }
}

const leaves = (value: JsonObject): [string, Json][] =>
  Object.entries(value).flatMap(([key, inner]): [string, Json][] =>
    isObject(inner) ? leaves(inner).map(([below, leaf]) => [`${key}.${below}`, leaf]) : [[key, inner]],
  );

const truthy = (value: Json | undefined): boolean => {
  if (value === null || value === undefined || value === false || value === 0 || value === '') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
};

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

const leaf = fc.constantFrom<Json>(true, false, null, 0, 1, '', 'false', [], [false], {});
const key = fc.constantFrom('models', 'tools', 'edit', 'share');
const section = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.dictionary(key, fc.oneof({ weight: 9, arbitrary: leaf }, { weight: 1, arbitrary: fc.dictionary(key, leaf) })),
  },
  { weight: 1, arbitrary: leaf },
);
// Null prototypes would make `toEqual` look at more than the rule does.
const tree = fc.dictionary(fc.constantFrom('chat', 'workspace', 'harbour'), section, {
  noNullPrototype: true,
}) as fc.Arbitrary<JsonObject>;
const anyGroup = fc.record({
  permissions: fc.option(tree),
  parentGroupId: fc.option(fc.nat(7).map((number) => `g${number}`)),
});

function bodyOf(version: string, name: string): unknown {
  const file = new URL('../fixtures/open-webui/recordings.json', import.meta.url);
  // The fixture is ours and its README says what it holds.
  const { examples } = JSON.parse(readFileSync(file, 'utf8')) as { examples: { version: string; name: string; body: unknown }[] };
  return examples.find((example) => example.version === version && example.name === name)?.body;
}
