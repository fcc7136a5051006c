/** Things by their keys that come and go, thousands in a second. */
export interface Passing<Key, Thing> {
  get(key: Key): Thing | undefined;
  /** In the place of what stood there. */
  set(key: Key, thing: Thing): void;
  /** If it is still this one that stands there. */
  drop(key: Key, thing: Thing): void;
  clear(): void;
}

/**
 * A map that keeps nothing alive which has left it. V8 copies the table of a map whenever it is full of what came and went; the one before
 * stays among its old objects, with all that stood in it then and what that leads to, until those are looked through seconds later. So each
 * thing stands in a box of its own, which is emptied.
 */
export function createPassing<Key, Thing>(): Passing<Key, Thing> {
  const boxes = new Map<Key, { thing: Thing | undefined }>();
  return {
    get: (key) => boxes.get(key)?.thing,
    set: (key, thing) => {
      const before = boxes.get(key);
      if (before === undefined) boxes.set(key, { thing });
      else before.thing = thing;
    },
    drop: (key, thing) => {
      const box = boxes.get(key);
      if (box?.thing !== thing) return;
      boxes.delete(key);
      box.thing = undefined;
    },
    clear: () => {
      for (const box of boxes.values()) box.thing = undefined;
      boxes.clear();
    },
  };
}
