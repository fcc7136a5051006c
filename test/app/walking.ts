import type { Rollcall } from './rollcall.ts';

interface Page {
  readonly totalCount: number | null;
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** One page of a connection: `args` as they stand in a document. */
export async function page(rollcall: Rollcall, field: string, args: string): Promise<Page> {
  const { data, errors } = await rollcall.askText(
    `{ list: ${field}(${args}) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor node { id } }
    } }`,
  );
  if (errors !== undefined) throw new Error(`${field}(${args}): ${JSON.stringify(errors)}`);
  // What the document above asks for.
  return data?.list as Page;
}

/** Every id of a connection in the order in which a client meets them; `between` happens after every page. */
export async function walkForward(
  rollcall: Rollcall,
  field: string,
  { args = '', between }: { args?: string; between?: (pages: number, met: readonly string[]) => void } = {},
): Promise<string[]> {
  const met: string[] = [];
  let after = '';
  for (let pages = 1; ; pages += 1) {
    const { edges, pageInfo } = await page(rollcall, field, `${args} first: 100 ${after}`);
    met.push(...edges.map(({ node }) => node.id));
    if (!pageInfo.hasNextPage) return met;
    after = `after: "${pageInfo.endCursor}"`;
    between?.(pages, met);
  }
}

/** The same from the end, the last one first. */
export async function walkBackward(rollcall: Rollcall, field: string, args = ''): Promise<string[]> {
  const met: string[] = [];
  let before = '';
  for (;;) {
    const { edges, pageInfo } = await page(rollcall, field, `${args} last: 100 ${before}`);
    met.push(...edges.map(({ node }) => node.id).reverse());
    if (!pageInfo.hasPreviousPage) return met;
    before = `before: "${pageInfo.startCursor}"`;
  }
}
