import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode, visit } from 'graphql';

/** How large a document is, as it stands there. Nothing in it has to be valid. */
export interface DocumentSize {
  /** Fields that are given another name. */
  readonly aliases: number;
  readonly directives: number;
  /** Fields within fields in the deepest operation, fragments counted where they are spread. A ring of fragments has no depth. */
  readonly depth: number;
  /** Pairs of fields with the same name in one selection. Validation looks at each of them, and at all below. */
  readonly repeats: number;
}

/** Looks at each node once, however often a fragment is spread. */
export function measureDocument(document: DocumentNode): DocumentSize {
  const size = { aliases: 0, directives: 0, repeats: 0 };
  visit(document, {
    Field: (node) => {
      if (node.alias !== undefined) size.aliases += 1;
    },
    Directive: () => {
      size.directives += 1;
    },
    SelectionSet: (node, _key, parent) => {
      // An inline fragment's fields are counted where it stands.
      const isInline = parent !== undefined && !('length' in parent) && parent.kind === Kind.INLINE_FRAGMENT;
      if (!isInline) size.repeats += repeatsIn(node);
    },
  });
  const depthOf = createDepths(document);
  const depths = document.definitions.map((node) => (node.kind === Kind.OPERATION_DEFINITION ? depthOf(node.selectionSet) : 0));
  return { ...size, depth: Math.max(0, ...depths) };
}

function repeatsIn(set: SelectionSetNode): number {
  const counts = new Map<string, number>();
  let pairs = 0;
  const count = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) count(selection.selectionSet);
      if (selection.kind !== Kind.FIELD) continue;
      const name = (selection.alias ?? selection.name).value;
      const before = counts.get(name) ?? 0;
      pairs += before;
      counts.set(name, before + 1);
    }
  };
  count(set);
  return pairs;
}

/** Measures each fragment once; one that spreads itself is another rule's to refuse. */
function createDepths(document: DocumentNode): (set: SelectionSetNode) => number {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const measured = new Map<string, number>();
  const under = new Set<string>();
  const depthOf = (set: SelectionSetNode): number =>
    set.selections.reduce((deepest, selection) => Math.max(deepest, depthOfSelection(selection)), 0);
  const depthOfSelection = (selection: SelectionNode): number => {
    if (selection.kind === Kind.FIELD) return 1 + (selection.selectionSet === undefined ? 0 : depthOf(selection.selectionSet));
    if (selection.kind === Kind.INLINE_FRAGMENT) return depthOf(selection.selectionSet);
    return depthOfFragment(selection.name.value);
  };
  const depthOfFragment = (name: string): number => {
    const known = measured.get(name);
    const fragment = fragments.get(name);
    if (known !== undefined || fragment === undefined || under.has(name)) return known ?? 0;
    under.add(name);
    const depth = depthOf(fragment.selectionSet);
    under.delete(name);
    measured.set(name, depth);
    return depth;
  };
  return depthOf;
}
