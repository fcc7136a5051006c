/**
 * The items of a list, each found by itself. A failure is its own item's; where an execution ends before it has looked at all of them, it
 * is nobody's, and above all not the process's.
 */
export function itemsOf<Given, Item>(given: readonly Given[], find: (each: Given) => Promise<Item>): Promise<Item>[] {
  return given.map((each) => {
    const item = find(each);
    item.catch(() => undefined);
    return item;
  });
}
