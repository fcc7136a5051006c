import { type DocumentNode, getOperationAST, Kind, type OperationDefinitionNode, type TypeNode, visit } from 'graphql';
import type { Caller } from '../access/caller.ts';
import { formatScope } from '../access/scopes.ts';
import { parseAccountId } from '../domain/user.ts';
import { isBlurred } from '../edge/blurred.ts';
import { createRecent } from '../edge/recent.ts';
import { accountById, type Context, userOf } from '../graph/context.ts';
import { unlessRefused } from '../graph/leading.ts';
import type { OperationCost } from './bill.ts';
import { type Asking, costOf } from './operation-cost.ts';

/** Weighs operations, and those it has weighed before by looking them up. */
export interface CostMemory {
  costOf(asking: Asking): OperationCost | null;
}

/** More in one key than is worth comparing. Characters. */
const longestKey = 4_000;

/** Charges of one operation that are kept at most. */
const mostCharges = 100;

/**
 * What an operation costs at worst follows from its document and variables, from what the caller may see, and from which accounts
 * are linked. All of that is in the key. Ids count by who is meant and not by their letters: two strangers on one source cost the same.
 */
export function createCostMemory(most = 2_000): CostMemory {
  const known = createRecent<OperationCost>(most, 2_000_000);
  const documents = new WeakMap<DocumentNode, { readonly number: number; readonly shapes: Map<string, Shape> }>();
  let count = 0;

  function firstSeen(document: DocumentNode): { readonly number: number; readonly shapes: Map<string, Shape> } {
    const about = { number: count, shapes: new Map<string, Shape>() };
    count += 1;
    documents.set(document, about);
    return about;
  }

  function shapeOf({ document, operationName = null }: Asking): Shape | null {
    const about = documents.get(document) ?? firstSeen(document);
    const shape = about.shapes.get(operationName ?? '');
    if (shape !== undefined) return shape;
    const operation = getOperationAST(document, operationName);
    if (operation == null) return null;
    const found = { name: `${about.number} ${operation.name?.value ?? ''}`, ids: idsIn(operation, document) };
    about.shapes.set(operationName ?? '', found);
    return found;
  }

  return {
    costOf: (asking) => {
      const shape = shapeOf(asking);
      const key = shape && keyOf(shape, asking);
      if (key === null || key.length > longestKey || isBlurred(key, asking.variables)) return costOf(asking);
      const remembered = known.find(key);
      if (remembered !== undefined) return remembered;
      const cost = costOf(asking);
      if (cost?.lasting === true && cost.charges.length <= mostCharges) known.keep(key, cost);
      return cost;
    },
  };
}

/** What need be looked at only once of an operation. */
interface Shape {
  readonly name: string;
  /** The variables that hold nothing but ids; none where the document names accounts itself, which may be the same ones. */
  readonly ids: ReadonlySet<string>;
}

function idsIn({ variableDefinitions = [] }: OperationDefinitionNode, document: DocumentNode): ReadonlySet<string> {
  let namesSomebody = false;
  visit(document, {
    StringValue: ({ value }) => {
      if (parseAccountId(value) !== null) namesSomebody = true;
    },
  });
  if (namesSomebody) return new Set();
  return new Set(variableDefinitions.filter(({ type }) => isId(type)).map(({ variable }) => variable.name.value));
}

const isId = (type: TypeNode): boolean => (type.kind === Kind.NAMED_TYPE ? type.name.value === 'ID' : isId(type.type));

function keyOf({ name, ids }: Shape, { variables, context }: Asking): string {
  const { caller, sources } = context;
  const own: string[] = [];
  for (const [id, { permit }] of sources) if (permit.credential.class === 'caller') own.push(id);
  const asWritten = caller.accounts.length > 0 || ids.size === 0 || namesSomebodyElse(variables, ids);
  const meant = asWritten ? JSON.stringify(variables) : withoutLetters(variables, ids, context);
  return `${name} ${rightsOf(caller)} ${own.join()} ${meant}`;
}

/** Whether an account is named, such as in what a router sends, by a variable that is no id: the ids may name the same one. */
function namesSomebodyElse(variables: Asking['variables'], ids: ReadonlySet<string>): boolean {
  for (const name in variables) if (!ids.has(name) && namesSomebody(variables[name])) return true;
  return false;
}

function namesSomebody(value: unknown): boolean {
  if (typeof value === 'string') return parseAccountId(value) !== null;
  return typeof value === 'object' && value !== null && Object.values(value).some(namesSomebody);
}

const rights = new WeakMap<Caller, string>();

function rightsOf(caller: Caller): string {
  const known = rights.get(caller);
  if (known !== undefined) return known;
  const described = JSON.stringify([caller.scopes.map(formatScope), caller.accounts]);
  rights.set(caller, described);
  return described;
}

/**
 * Each id by its person: which one of those named, and which of that one's accounts, on which sources. All else stands as JSON, names
 * too, which may be anything where nothing declares them: no client can write what looks like an id that was found, or its name.
 */
function withoutLetters(variables: Asking['variables'], ids: ReadonlySet<string>, context: Context): string {
  const people = new Map<string, number>();
  const describe = (value: unknown): string => {
    if (Array.isArray(value)) return `(${value.map(describe).join(' ')})`;
    const account = typeof value === 'string' ? unlessRefused(() => accountById(value, context)) : undefined;
    const user = account && unlessRefused(() => userOf(account, context));
    if (account === undefined || user === undefined) return JSON.stringify([value]);
    const index = people.get(user.id) ?? people.size;
    people.set(user.id, index);
    const held = user.accounts.map(({ open }) => open.source.id);
    return `@${index}/${user.accounts.findIndex(({ id }) => id === account.id)}/${held.join()}`;
  };
  let text = '';
  for (const name in variables) {
    const value = variables[name];
    text += ids.has(name) ? `${name}:${describe(value)} ` : `${JSON.stringify(name)}:${JSON.stringify(value)} `;
  }
  return text;
}
