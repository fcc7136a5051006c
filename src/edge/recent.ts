/** Values by their keys, those not asked for lately forgotten. */
export interface Recent<Value> {
  find(key: string): Value | undefined;
  keep(key: string, value: Value): void;
}

/**
 * Bounded in number and in the characters of the keys. There are two generations: when the younger is half of what may be, the older
 * is forgotten, and what was asked for since has moved into the younger.
 */
export function createRecent<Value>(most: number, mostCharacters: number): Recent<Value> {
  let young = new Map<string, Value>();
  let old = new Map<string, Value>();
  let characters = 0;
  const keep = (key: string, value: Value): void => {
    if (young.size >= most / 2 || characters + key.length > mostCharacters / 2) {
      old = young;
      young = new Map();
      characters = 0;
    }
    young.set(key, value);
    characters += key.length;
  };
  return {
    find: (key) => {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) {
        old.delete(key);
        keep(key, older);
      }
      return older;
    },
    keep,
  };
}
