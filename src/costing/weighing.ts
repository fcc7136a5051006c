import { collectFields, collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { accountTypeName } from '../graph/account-types.ts';
import type { AccountNode, Context, UserNode } from '../graph/context.ts';
import { unlessRefused } from '../graph/leading.ts';
import { pageLimits } from '../graph/list-window.ts';
import type { Selecting } from '../graph/selection.ts';
import { type Bill, sum } from './bill.ts';
import { createCharging } from './charging.ts';
import { createPeople } from './people.ts';
import { holdersIn, nowhere, type Place, placeBelow, placeLed, tally } from './place.ts';
import { hintsOf, isListField, standsOn } from './standing.ts';

export type Operation = Omit<Selecting, 'fieldNodes'>;

/** Fields that the walk comes by at most, fragments counted where they are spread; a crowd that stands there counts too. */
export const mostFields = 3_000;

/** An operation too wide to be weighed, and then also too wide to be executed. */
export class TooManyFields extends Error {
  override readonly name = 'TooManyFields';
}

/** People of whom nothing is known, at one place. More would only make the walk dear. */
const mostStrangers = 1_000;

/** Requests of a write of which nothing is declared: look, judge, send, look again, and once more where that failed. */
const usualWrites = 5;

/** Walks through an operation as its execution would, and writes down what everything may cost at most. Asks nothing upstream. */
export function weigh(
  operation: Operation,
  root: GraphQLObjectType,
  selected: SelectionSetNode,
  context: Context,
  bill: Bill,
): void {
  const { schema, fragments, variableValues } = operation;
  const people = createPeople(context);
  const charging = createCharging(context, people, bill);
  let effort = 0;

  type Selected = Iterable<readonly [key: string, nodes: FieldNode[]]>;

  function descend(type: GraphQLObjectType, selection: Selected, place: Place, path: string): void {
    const fields = [...selection].flatMap(([key, nodes]) => {
      const field = type.getFields()[nodes[0]?.name.value ?? ''];
      return field === undefined ? [] : [{ field, nodes, path: path === '' ? key : `${path}.${key}` }];
    });
    const hints = fields.map(({ field }) => hintsOf(field));
    if (place.belongings > 0) {
      charging.belongings(
        place,
        hints.flatMap(({ reads }) => reads ?? []),
        path,
      );
    }
    if (hints.some(({ asksStatus }) => asksStatus)) charging.status(place, path);
    for (const each of fields) weighField(type, each, place);
  }

  function weighField(
    parent: GraphQLObjectType,
    { field, nodes, path }: { field: GraphQLField<unknown, unknown>; nodes: FieldNode[]; path: string },
    above: Place,
  ): void {
    effort += 1 + (above.accounts.size + above.people.size) / 100;
    if (effort > mostFields) throw new TooManyFields();
    const hints = hintsOf(field);
    const args = argumentsOf(field, nodes, operation);
    // Execution refuses the field for the same reason, and asks nothing for it.
    if (args === null) return;
    const isList = isListField(field);
    const listed = longestList(args);
    if (parent === schema.getMutationType()) charging.write((hints.writes ?? usualWrites) * Math.max(1, listed), path);
    let place = placeBelow(above, isList, hints, listed || pageLimits.most, people);
    if (hints.leads !== undefined) {
      const led = unlessRefused(
        () => hints.leads?.(args, context, { ...operation, fieldNodes: nodes }),
        (reason) => bill.refused(path, reason),
      );
      if (led === undefined) return;
      charging.way(led, path);
      place = placeLed(led, above, isList, hints, people);
    }
    if (hints.readsEach !== undefined) charging.belongings(place, [hints.readsEach], path);
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return;
    if (isList || hints.leads !== undefined) bill.rows(path, place.objects);
    if (place.objects > 0) enter(type, nodes, place, path);
  }

  /** Comes to the objects of a field: of its type, or of each that its interface or union may turn out to be. */
  function enter(type: GraphQLCompositeType, nodes: FieldNode[], place: Place, path: string): void {
    if (isObjectType(type)) arrive(type, nodes, place, path);
    else
      for (const possible of schema.getPossibleTypes(type))
        arrive(possible, nodes, place.unknown ? place : shareOf(possible, place), path);
  }

  function arrive(type: GraphQLObjectType, fieldNodes: FieldNode[], place: Place, path: string): void {
    const standing = standsOn(type);
    const known =
      place.unknown && standing !== 'ELSE'
        ? { ...place, accounts: tally(people.anybody(Math.min(place.objects, mostStrangers))) }
        : place;
    const accounts = standing === 'ACCOUNT' ? shownAs(type, known.accounts) : known.accounts;
    const users = standing === 'PEOPLE' ? new Map([...known.people, ...holdersIn(accounts, people)]) : known.people;
    if ((standing === 'ACCOUNT' && accounts.size === 0) || (standing === 'PEOPLE' && users.size === 0)) return;
    const charge = (nodes: FieldNode[], at: Place): void => {
      const selecting = { ...operation, fieldNodes: nodes };
      if (standing === 'ACCOUNT') charging.accounts({ ...at, accounts }, selecting, type, path);
      if (standing === 'PEOPLE') charging.people(users, at, selecting, path);
    };
    if (place.fresh) charge(fieldNodes, known);
    const there = { ...known, fresh: false, arrived: true, unknown: false, people: users, accounts };
    const { fields, patches } = collectSubFields(schema, fragments, variableValues, type, [...fieldNodes]);
    descend(type, fields, standing === 'ELSE' ? place : there, path);
    // Each is asked for by itself, after all else.
    for (const patch of patches) {
      charge([asField(patch.fields)], { ...known, looked: new Set() });
      descend(type, patch.fields, standing === 'ELSE' ? place : there, path);
    }
  }

  const { fields, patches } = collectFields(schema, fragments, variableValues, root, selected);
  for (const each of [fields, ...patches.map((patch) => patch.fields)]) descend(root, each, nowhere, '');
}

/** What a deferred fragment selects, as if a field had it for its selection. */
const asField = (fields: ReadonlyMap<string, FieldNode[]>): FieldNode => ({
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: 'deferred' },
  selectionSet: { kind: Kind.SELECTION_SET, selections: [...fields.values()].flat() },
});

/** Those of the accounts that are shown as this type; all, where the type is no account's own. */
function shownAs(type: GraphQLObjectType, accounts: Place['accounts']): Place['accounts'] {
  if (!type.getInterfaces().some(({ name }) => name === 'Account')) return accounts;
  return new Map([...accounts].filter(([account]) => accountTypeName(account) === type.name));
}

/** What of a place an interface shows as this type. An account is shown as itself there, and not as its holder. */
function shareOf(type: GraphQLObjectType, place: Place): Place {
  const standing = standsOn(type);
  if (standing === 'ELSE') return place;
  const accounts = standing === 'PEOPLE' ? tally<AccountNode>([]) : shownAs(type, place.accounts);
  const people = standing === 'PEOPLE' ? place.people : tally<UserNode>([]);
  const count = (each: Pick<Place, 'accounts' | 'people'>): number => sum(each.accounts.values()) + sum(each.people.values());
  const objects = place.objects === count(place) ? count({ accounts, people }) : place.objects;
  return { ...place, accounts, people, objects };
}

/** Null where they are none that the field takes, which may be known only by the variables. */
function argumentsOf(field: GraphQLField<unknown, unknown>, [node]: FieldNode[], { variableValues }: Operation) {
  try {
    return node === undefined ? {} : getArgumentValues(field, node, variableValues);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** Of the lists among the arguments and within them; 0 where there are none. */
function longestList(value: unknown): number {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' && value !== null ? Math.max(0, ...Object.values(value).map(longestList)) : 0;
}
