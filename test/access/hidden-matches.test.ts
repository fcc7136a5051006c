import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import { type Rollcall, startRollcall } from '../app/rollcall.ts';

const nth = (index: number): string => `11111111-0000-4000-8000-00000000000${index}`;
const made = { role: 'user', created_at: 1_700_000_000 } as const;

/** Three who are found by their addresses alone, and one by the name, who comes behind them. */
async function startWithHidden(): Promise<Rollcall> {
  const rollcall = await startRollcall({ config: (input) => ({ ...input, access: { anonymous: ['read'] } }) });
  const { users } = rollcall.community.openWebUI.world;
  for (const index of [0, 1, 2]) {
    users.add(blankUser({ ...made, id: nth(index), email: `a${index}@secretmail.test`, name: `Person ${index}` }));
  }
  users.add(blankUser({ ...made, id: nth(9), email: 'zz@elsewhere.test', name: 'Secretmail' }));
  return rollcall;
}

interface Connection<Edge> {
  readonly edges: readonly Edge[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** What came of a query that asks for such. */
const connectionIn = <Edge>(value: unknown): Connection<Edge> => value as Connection<Edge>;

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** As anybody can write one who has read the code. */
function forged(order: string, search: string, marks: string): string {
  const list = digest([order, search, ''].join('\0')).slice(0, 10);
  const text = Buffer.from(JSON.stringify([1, 'webui', list, 0, 0, marks])).toString('base64url');
  return `${digest(text).slice(0, 6)}${text}`;
}

const found = 'totalCount pageInfo { hasNextPage } edges { cursor node { id } }';
const lists: readonly (readonly [query: string, order: string])[] = [
  [`query ($text: String!, $after: String) { found: openWebUIAccounts(query: $text, after: $after) { ${found} } }`, 'EMAIL'],
  [`query ($text: String!, $after: String) { found: users(source: "webui", search: $text, after: $after) { ${found} } }`, ''],
];

test.for(lists)('the cursor of who is found by name tells nothing of those who match by their addresses: %s', async ([query]) => {
  await using rollcall = await startWithHidden();

  const { data, errors } = await rollcall.askText(query, { text: 'secretmail' });

  expect(errors).toBeUndefined();
  expect(data?.found).toMatchObject({
    totalCount: null,
    pageInfo: { hasNextPage: false },
    edges: [{ node: { id: `webui:${nth(9)}` } }],
  });
  const [edge] = connectionIn<{ readonly cursor: string }>(data?.found).edges;
  const told: unknown[] = JSON.parse(Buffer.from(String(edge?.cursor).slice(6), 'base64url').toString());
  expect(told.slice(3)).toEqual([0, 0, digest(nth(9)).slice(0, 6)]);
});

test.for(lists)(
  'a cursor that somebody forged tells a right guess of an address from no wrong one: %s',
  async ([query, order]) => {
    await using rollcall = await startWithHidden();
    const ask = async (text: string) => {
      const after = forged(order, text, `${digest(nth(1)).slice(0, 6)}AAAAAABBBBBBCCCCCC`);
      const { text: answer } = await rollcall.askText(query, { text, after });
      return answer;
    };

    expect(await ask('a1@secretmail.t')).toContain('has changed so much');
    expect(await ask('a1@secretmail.t')).toBe(await ask('a1@secretmail.x'));
  },
);

test('pages of who is found by name follow each other as ever', async () => {
  await using rollcall = await startWithHidden();
  const { users } = rollcall.community.openWebUI.world;
  for (let index = 0; index < 90; index += 1) {
    const id = `22222222-0000-4000-8000-0000000000${String(index).padStart(2, '0')}`;
    const name = index % 3 === 0 ? `Many ${index}` : `Other ${index}`;
    users.add(blankUser({ ...made, id, email: `u${String(index).padStart(2, '0')}@many.test`, name }));
  }
  const page =
    'query Page($after: String) { openWebUIAccounts(query: "many", first: 7, after: $after) { pageInfo { hasNextPage endCursor } edges { node { username } } } }';
  const names: string[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const { data, errors } = await rollcall.askText(page, { after });
    expect(errors).toBeUndefined();
    const { edges, pageInfo } = connectionIn<{ readonly node: { readonly username: string } }>(data?.openWebUIAccounts);
    names.push(...edges.map(({ node }) => node.username));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }

  expect(names).toEqual(Array.from({ length: 30 }, (_, index) => `Many ${index * 3}`));
});
