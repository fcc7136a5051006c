/** Operations by their hash, those used longest ago forgotten first. */
export interface RegisteredOperations {
  get(sha256: string): string | undefined;
  put(sha256: string, text: string): void;
}

/** Anybody who may ask may register, so both their number and what they come to are bounded. Sizes are in characters. */
export function createRegisteredOperations(most = 1_000, mostCharacters = 5_000_000): RegisteredOperations {
  // Keeps the order in which they were last used.
  const texts = new Map<string, string>();
  let characters = 0;
  const take = (sha256: string): string | undefined => {
    const text = texts.get(sha256);
    if (text !== undefined && texts.delete(sha256)) characters -= text.length;
    return text;
  };
  const put = (sha256: string, text: string): void => {
    take(sha256);
    texts.set(sha256, text);
    characters += text.length;
    for (const oldest of texts.keys()) {
      if (texts.size <= most && characters <= mostCharacters) return;
      take(oldest);
    }
  };
  return {
    get: (sha256) => {
      const text = take(sha256);
      if (text !== undefined) put(sha256, text);
      return text;
    },
    put,
  };
}
