import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildSchema } from '../../src/graph/schema.ts';
import { scopeOfField } from '../../src/graph/scope-notes.ts';
import type { FieldHints } from '../../src/graph/selection.ts';
import { type Guarded, startGuarded } from './scopes-callers.ts';
import { leastValue } from './scopes-inputs.ts';
import { freeFields } from './scopes-routes.ts';

const schema = buildSchema();

/** Who is asking, what is configured, how the list goes on, and where one is: nothing of anybody. */
const openToAll = [
  'Query.node nodes openWebUIDefaultPermissions sources viewer',
  'Viewer.accounts expiresAt kind name scopes',
  'Source.capabilities id kind kindName latency message problem reachable version',
  'SourceCapabilities.filtersByRole limits orders paging searchesBySubstring totalCount',
  'Node.id',
  'Account.id nativeId permissions source user',
  'HordeAccount.id nativeId permissions source user',
  'McsManagerAccount.id nativeId permissions source user',
  'OpenWebUIAccount.id nativeId permissions source user',
  'OtherAccount.id nativeId permissions source user',
  'Permissions.account',
  'User.accounts horde id mcsManager openWebUI permissions',
].flatMap((line) => {
  const [type, names = ''] = line.split('.');
  return names.split(' ').map((name) => `${type}.${name}`);
});

test('a field that a caller can come to without any scope has one itself, or stands in the list of those that show nothing', () => {
  expect(freeFields(schema).toSorted()).toEqual(openToAll.toSorted());
});

test('every mutation needs write or write:admin, and says so', () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

  // Extensions hold what `fromFacet` and its neighbours put there.
  const scopes = new Set(mutations.map(({ extensions }) => scopeOfField(extensions as FieldHints)));
  expect(scopes).toEqual(new Set(['write', 'write:admin']));
  for (const { name, description } of mutations) expect(description, name).toMatch(/Scope: `write(:admin)?`\.$/);
});

let guarded: Guarded;

beforeAll(async () => {
  guarded = await startGuarded([['write'], ['write:admin']]);
});

afterAll(() => guarded[Symbol.asyncDispose]());

test('a mutation is refused before anything is asked to whoever may read everything, and to whoever holds the other scope', async () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(5);

  for (const { name, args, extensions } of mutations) {
    // As above.
    const own = scopeOfField(extensions as FieldHints);
    const holders = [['read', 'read:private', 'read:privileged'], [own === 'write' ? 'write:admin' : 'write']];
    for (const scopes of holders) {
      const codes = new Set<unknown>();
      for (const { id = '' } of guarded.variables) {
        const input = leastValue(args[0]?.type, { id, source: id.split(':')[0] ?? '' });
        const type = String(args[0]?.type);
        guarded.requests();
        const answer = await guarded.ask(scopes, `mutation($input: ${type}) { ${name}(input: $input) { __typename } }`, {
          input,
        });
        expect(guarded.requests(), name).toEqual([]);
        expect(answer.data, `${name} ${answer.text}`).toEqual({ [name]: null });
        codes.add(answer.errors?.[0]?.extensions.code);
      }
      // Somebody else's id is a fault of the input; on the right source the scope decides.
      expect(codes, `${name} by ${scopes}`).toContain('FORBIDDEN');
      codes.delete('FORBIDDEN');
      codes.delete('BAD_USER_INPUT');
      expect([...codes], name).toEqual([]);
    }
  }
}, 60_000);
