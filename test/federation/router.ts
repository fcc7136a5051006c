import type { Answer, Rollcall } from '../app/rollcall.ts';

/** Asks `/subgraph` as a router does. */
export async function askAsRouter(
  { app }: Pick<Rollcall, 'app'>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer<Record<string, unknown>>> {
  const body = JSON.stringify({ query, variables });
  const response = await app.fetch(
    new Request('http://rollcall.test/subgraph', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }),
  );
  const text = await response.text();
  return { status: response.status, text, ...JSON.parse(text) };
}

/** The operation that a router sends for entities. */
export const entitiesOf = (selection: string): string =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`;

export const persons = (ids: readonly unknown[]): object[] => ids.map((id) => ({ __typename: 'User', id }));
