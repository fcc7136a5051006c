import type { DocumentNode } from 'graphql';

/** Documents that have been parsed and found valid, by their text, those used longest ago forgotten first. */
export interface KnownDocuments {
  find(text: string): DocumentNode | undefined;
  keep(text: string, document: DocumentNode): void;
}

/** A document costs many times its text, and anybody may send new ones. */
export function createKnownDocuments(most = 1_000, mostCharacters = 2_000_000): KnownDocuments {
  // Two generations: what was used since the older one was thrown away is found again in the newer one.
  let young = new Map<string, DocumentNode>();
  let old = new Map<string, DocumentNode>();
  let characters = 0;
  const keep = (text: string, document: DocumentNode): void => {
    if (young.size >= most / 2 || characters + text.length > mostCharacters / 2) {
      old = young;
      young = new Map();
      characters = 0;
    }
    young.set(text, document);
    characters += text.length;
  };
  return {
    find: (text) => {
      const document = young.get(text);
      if (document !== undefined) return document;
      const older = old.get(text);
      if (older !== undefined) keep(text, older);
      return older;
    },
    keep,
  };
}
