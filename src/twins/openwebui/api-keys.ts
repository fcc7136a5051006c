/** One key a user, without expiry; a new one replaces the former. */
export interface ApiKeys {
  of(userId: string): string | undefined;
  holder(key: string): string | undefined;
  set(userId: string, key: string): void;
  remove(userId: string): void;
}

export function createApiKeys(): ApiKeys {
  const keys = new Map<string, string>();
  const holders = new Map<string, string>();
  const remove = (userId: string): void => {
    holders.delete(keys.get(userId) ?? '');
    keys.delete(userId);
  };
  return {
    of: (userId) => keys.get(userId),
    holder: (key) => holders.get(key),
    set: (userId, key) => {
      remove(userId);
      keys.set(userId, key);
      holders.set(key, userId);
    },
    remove,
  };
}
