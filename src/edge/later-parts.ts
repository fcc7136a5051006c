import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';

/**
 * How many deferred fragments the largest operation of a document has at most, each counted wherever its surroundings are spread.
 * Deferred spreads are gathered anew every time, so a few fragments that defer each other twice would come to millions.
 */
export function countLaterParts(document: DocumentNode): number {
  const fragments = new Map(
    document.definitions
      .filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION)
      .map((node) => [node.name.value, node]),
  );
  const counted = new Map<string, number>();
  const inSet = (set: SelectionSetNode | undefined): number =>
    set?.selections.reduce((sum, selection) => sum + inSelection(selection), 0) ?? 0;
  const inSelection = (selection: SelectionNode): number => {
    const itself = selection.directives?.some(({ name }) => name.value === 'defer') === true ? 1 : 0;
    return itself + (selection.kind === Kind.FRAGMENT_SPREAD ? inFragment(selection.name.value) : inSet(selection.selectionSet));
  };
  const inFragment = (name: string): number => {
    const known = counted.get(name);
    if (known !== undefined) return known;
    // One that spreads itself is another rule's to refuse.
    counted.set(name, 0);
    const count = inSet(fragments.get(name)?.selectionSet);
    counted.set(name, count);
    return count;
  };
  return Math.max(
    0,
    ...document.definitions.map((node) => (node.kind === Kind.OPERATION_DEFINITION ? inSet(node.selectionSet) : 0)),
  );
}
