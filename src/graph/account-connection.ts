import type { GraphQLResolveInfo } from 'graphql';
import type { Role } from '../domain/facets.ts';
import { InputError, SourceError } from '../errors.ts';
import type { ListQuery } from '../sources/contract.ts';
import type { Walked, WalkedRow } from '../sources/walking.ts';
import { type AccountNode, accountOn, type Context, type OpenSource, quote, sourceById } from './context.ts';
import { type ConnectionArgs, toWindow, walkSource } from './list-window.ts';
import { isSelected } from './selection.ts';

/** A page of nodes in the form that the Relay plugin shows. */
export interface Page<Node> {
  readonly edges: { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
}

/** A page of accounts of one source. */
export async function accountPage(
  open: OpenSource,
  query: ListQuery,
  args: ConnectionArgs,
  info: GraphQLResolveInfo,
): Promise<Page<AccountNode>> {
  const walked = await walkSource(open, query, toWindow(args));
  return toPage(walked, (nativeId) => accountOn(open, nativeId), wantsNext(info));
}

/** Whether the client asks if more follows, which may cost a request. */
export const wantsNext = (info: GraphQLResolveInfo): boolean => isSelected(info, 'pageInfo', 'hasNextPage');

export async function toPage<Node>(walked: Walked, toNode: (nativeId: string) => Node, sureOfNext: boolean): Promise<Page<Node>> {
  return {
    edges: walked.rows.map((row) => ({ node: toNode(row.account.id), cursor: shownCursor(row) })),
    pageInfo: {
      hasNextPage: sureOfNext && (await walked.hasNext()),
      hasPreviousPage: walked.hasPrevious,
      startCursor: rowCursor(walked.rows[0]),
      endCursor: rowCursor(walked.rows.at(-1)),
    },
    totalCount: walked.total,
  };
}

/**
 * Graphql calls what stands in the place of a value, so a cursor is made where somebody looks at it. The types of the schema do not
 * know of that.
 */
const shownCursor = ({ cursor }: WalkedRow): string => cursor as unknown as string;

const rowCursor = (row: WalkedRow | undefined): string | null => (row === undefined ? null : shownCursor(row));

/** The source that was named, or the only one of the kind. */
export function sourceOfKind(kind: string, id: string | null | undefined, context: Context): OpenSource {
  if (id != null) {
    const open = sourceById(id, context);
    if (open.source.kind !== kind)
      throw new InputError(
        `${quote(id)} is another kind of source (${open.source.title}); its accounts have a field of their own.`,
      );
    return open;
  }
  const ofKind = [...context.sources.values()].filter(({ source }) => source.kind === kind);
  const [only, ...others] = ofKind;
  if (only === undefined) throw new InputError('No source of this kind is configured.');
  if (others.length > 0) {
    throw new InputError(`Several sources are of this kind. Name one: ${ofKind.map(({ source }) => source.id).join(', ')}.`);
  }
  return only;
}

/** The source's word for a role, by which its list can be narrowed. */
export function roleWord(open: OpenSource, role: Role | null | undefined): string | undefined {
  if (role == null) return undefined;
  const word = open.source.capabilities.roleWords[role];
  if (word !== undefined) return word;
  throw new SourceError('SOURCE_UNSUPPORTED', open.source.id, {
    hint: 'It cannot filter by this role; read the list and look at permissions.',
  });
}
