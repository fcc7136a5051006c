import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql';
import type { Scope } from '../access/scopes.ts';
import type { FacetName } from '../domain/facets.ts';
import { accountTypeName } from './account-types.ts';
import { type AccountNode, accountWith, type UserNode } from './context.ts';
import type { Leads } from './leading.ts';

/** As much of what a resolver is told as it takes to see what is asked below its field. */
export type Selecting = Pick<GraphQLResolveInfo, 'schema' | 'fragments' | 'variableValues' | 'fieldNodes'>;

/**
 * Fields say in their extensions what they will ask, so that it can be asked before they run, all at once.
 * `asks`: a facet of the account they stand on, of a user's the first that can read it. `asksEach`: a facet of all of a user's
 * accounts. `leadsTo`: the accounts of a user on which the objects below stand. `stays`: the object below stands on the same
 * account.
 */
// A type and not an interface: only then does it fit where graphql wants any record.
export type FieldHints = {
  readonly asks?: FacetName;
  readonly asksEach?: FacetName;
  readonly leadsTo?: (user: UserNode) => readonly AccountNode[];
  readonly stays?: true;
  /** A facet of something the account leads to, such as an instance. Not asked beforehand; it says what scope is needed. */
  readonly reads?: FacetName;
  /** The scope of a field that asks for no facet in particular, such as a list. */
  readonly needs?: Scope;
  // What follows is for telling what an operation may cost before it runs (`src/costing`).
  /** Where a field leads from nowhere in particular: a query's, mostly. */
  readonly leads?: Leads;
  /** From an account to the person who holds it. */
  readonly toHolder?: true;
  /** How many items a list has at most for each object it stands on. An estimate where no source sets a limit. */
  readonly upTo?: number;
  /** A facet that is read of each item, whatever is asked of it. */
  readonly readsEach?: FacetName;
  /** Asks the source how it is. */
  readonly asksStatus?: true;
  /** How many requests a write makes at most, for each thing it is told to change. */
  readonly writes?: number;
};

/** Facets by account. */
export type Asked = Map<AccountNode, Set<FacetName>>;

/** Whether parts of a selection count that come after the answer's beginning. */
type Parts = 'without what is deferred' | 'with what is deferred';

/** What the selection below the field being resolved will ask of a user's accounts. */
export function askedOfUser(user: UserNode, info: Selecting, parts: Parts = 'without what is deferred'): Asked {
  const asked: Asked = new Map();
  const { asks, asksEach, leading } = selected('User', info.fieldNodes, info, parts);
  for (const facet of asks) {
    const account = accountWith(user, facet);
    if (account !== undefined) note(asked, account, facet);
  }
  for (const facet of asksEach) for (const each of user.accounts) note(asked, each, facet);
  for (const field of leading) for (const below of field.hints.leadsTo?.(user) ?? []) collect(below, field, info, asked, parts);
  return asked;
}

/** What the selection below the field being resolved will ask of an account. `typeName` is for types that stand on one and are none. */
export function askedOfAccount(account: AccountNode, info: Selecting, typeName: string | null = null): Asked {
  const asked: Asked = new Map();
  collect(account, { nodes: info.fieldNodes, typeName }, info, asked, 'without what is deferred');
  return asked;
}

function collect(
  account: AccountNode,
  above: Pick<Field, 'nodes' | 'typeName'>,
  info: Selecting,
  asked: Asked,
  parts: Parts,
): void {
  // Below an interface the account's own type decides which fragments count.
  const { asks, staying } = selected(above.typeName ?? accountTypeName(account), above.nodes, info, parts);
  for (const facet of asks) note(asked, account, facet);
  for (const field of staying) collect(account, field, info, asked, parts);
}

interface Field {
  readonly name: string;
  readonly hints: FieldHints;
  readonly nodes: readonly FieldNode[];
  /** The object type the field returns; null for an interface. */
  readonly typeName: string | null;
}

/** What is selected below a field. */
interface Selected {
  readonly fields: readonly Field[];
  /** What these say in their hints, each facet once. */
  readonly asks: readonly FacetName[];
  readonly asksEach: readonly FacetName[];
  /** Those that lead to accounts of a user, and those that stay on the account. */
  readonly leading: readonly Field[];
  readonly staying: readonly Field[];
}

interface Remembered {
  readonly schema: GraphQLSchema;
  readonly nodes: readonly FieldNode[];
  readonly selected: Selected;
}

/** What was selected below a field before, by the field's first node, which lives as long as its document is known, and its type. */
const remembered: Readonly<Record<Parts, WeakMap<FieldNode, Map<string, Remembered>>>> = {
  'without what is deferred': new WeakMap(),
  'with what is deferred': new WeakMap(),
};

/** The same for every execution of a document, unless its variables have a say. */
function selected(typeName: string, nodes: readonly FieldNode[], info: Selecting, parts: Parts): Selected {
  const [first] = nodes;
  if (first === undefined) return summarise([]);
  const below = remembered[parts].get(first) ?? new Map<string, Remembered>();
  const known = below.get(typeName);
  if (known?.schema === info.schema && isSame(known.nodes, nodes)) return known.selected;
  const found = summarise(select(typeName, nodes, info, parts));
  if (nodes.some((node) => hangsOnVariables(node, info, new Set()))) return found;
  remembered[parts].set(first, below.set(typeName, { schema: info.schema, nodes, selected: found }));
  return found;
}

function summarise(fields: readonly Field[]): Selected {
  const each = (name: 'asks' | 'asksEach'): FacetName[] => [...new Set(fields.flatMap(({ hints }) => hints[name] ?? []))];
  return {
    fields,
    asks: each('asks'),
    asksEach: each('asksEach'),
    leading: fields.filter(({ hints }) => hints.leadsTo !== undefined),
    staying: fields.filter(({ hints }) => hints.stays),
  };
}

const isSame = (some: readonly FieldNode[], others: readonly FieldNode[]): boolean =>
  some.length === others.length && some.every((node, at) => node === others[at]);

/** Whether what is selected directly below may be skipped, included or deferred by a variable. */
function hangsOnVariables(
  { selectionSet }: Pick<FieldNode, 'selectionSet'>,
  info: Pick<Selecting, 'fragments'>,
  visited: Set<string>,
): boolean {
  return (selectionSet?.selections ?? []).some((selection) => {
    const { directives = [] } = selection;
    if (directives.some((directive) => directive.arguments?.some(({ value }) => value.kind === Kind.VARIABLE))) return true;
    if (selection.kind === Kind.INLINE_FRAGMENT) return hangsOnVariables(selection, info, visited);
    if (selection.kind === Kind.FIELD || visited.has(selection.name.value)) return false;
    visited.add(selection.name.value);
    const fragment = info.fragments[selection.name.value];
    return fragment !== undefined && hangsOnVariables(fragment, info, visited);
  });
}

function select(typeName: string, nodes: readonly FieldNode[], info: Selecting, parts: Parts): Field[] {
  const type = info.schema.getType(typeName);
  if (!isObjectType(type)) return [];
  const { fields, patches } = collectSubFields(info.schema, info.fragments, info.variableValues, type, [...nodes]);
  const deferred = parts === 'with what is deferred' ? patches.map((patch) => patch.fields) : [];
  return [fields, ...deferred]
    .flatMap((each) => [...each.values()])
    .flatMap((same) => {
      const name = same[0]?.name.value ?? '';
      const definition = type.getFields()[name];
      if (definition === undefined) return [];
      const returned = getNamedType(definition.type);
      // Extensions hold what `fromFacet` and its neighbours put there.
      const hints = definition.extensions as FieldHints;
      return [{ name, hints, nodes: same, typeName: isObjectType(returned) ? returned.name : null }];
    });
}

function note(asked: Asked, account: AccountNode, facet: FacetName): void {
  if (!isReadable(account, facet)) return;
  const facets = asked.get(account);
  if (facets === undefined) asked.set(account, new Set([facet]));
  else facets.add(facet);
}

/** Whether the account's source is asked for the facet at all on the caller's behalf. */
export const isReadable = ({ open }: AccountNode, facet: FacetName): boolean =>
  open.source.facets.has(facet) && open.permit.mayRead(facet);

/** Whether the selection asks for a field some levels down, deferred or not: `isSelected(info, 'pageInfo', 'hasNextPage')`. */
export function isSelected(info: GraphQLResolveInfo, ...path: readonly string[]): boolean {
  let typeName: string | null = getNamedType(info.returnType).name;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  for (const name of path) {
    const found: Field[] =
      typeName === null
        ? []
        : selected(typeName, nodes, info, 'with what is deferred').fields.filter((field) => field.name === name);
    if (found.length === 0) return false;
    nodes = found.flatMap((field) => field.nodes);
    typeName = found[0]?.typeName ?? null;
  }
  return true;
}

/** The types that fragments directly below the field name, through fragments in fragments too. */
export function conditionTypes(info: Pick<Selecting, 'fieldNodes' | 'fragments'>): ReadonlySet<string> {
  const named = new Set<string>();
  const visited = new Set<string>();
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) continue;
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
      if (fragment === undefined || (selection.kind === Kind.FRAGMENT_SPREAD && visited.has(selection.name.value))) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) visited.add(selection.name.value);
      if (fragment.typeCondition !== undefined) named.add(fragment.typeCondition.name.value);
      visit(fragment.selectionSet.selections);
    }
  };
  for (const node of info.fieldNodes) visit(node.selectionSet?.selections ?? []);
  return named;
}
