import { createHash } from 'node:crypto';

/** Who signs in with what. A cheap salted hash: the accounts are invented. */
export interface Passwords {
  set(userId: string, password: string): void;
  matches(userId: string, password: string): boolean;
  forget(userId: string): void;
}

export function createPasswords(): Passwords {
  const hashes = new Map<string, string>();
  // The user's id is salt enough.
  const hash = (userId: string, password: string): string => createHash('sha256').update(`${userId}:${password}`).digest('hex');
  return {
    set: (userId, password) => void hashes.set(userId, hash(userId, password)),
    matches: (userId, password) => hashes.get(userId) === hash(userId, password),
    forget: (userId) => void hashes.delete(userId),
  };
}

/** The hash of the real server takes no more than 72 bytes. */
export const isTooLong = (password: string): boolean => Buffer.byteLength(password) > 72;
