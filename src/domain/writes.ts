import type { Json } from './facets.ts';

/**
 * Every write that any source offers, by the name of its mutation: what goes in. Each source adds its own in
 * `accounts/<source>-writes.ts`, which shared code never names.
 */
export interface Writes {
  /** What every source can offer for the mutations that go over all of a person's accounts. */
  ban: { readonly nativeId: string };
  unban: { readonly nativeId: string };
  delete: { readonly nativeId: string };
}

export type WriteName = keyof Writes;

/** A value that can be compared with what is read back, and shown unless its field is secret. */
export type FieldValue = Json;
