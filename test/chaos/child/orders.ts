/** What a test tells a server that it has started, by a way of its own that no client has. */
export type Order =
  /** Its clock of the day is so far ahead from now on; the one that only goes forward is left alone. */
  | { readonly id: number; readonly do: 'shift clock'; readonly ms: number }
  | { readonly id: number; readonly do: 'sample' }
  /** Loses a little with each request from now on, to see whether that is found. */
  | { readonly id: number; readonly do: 'leak' };

/** After two forced collections. In bytes. */
export interface Sample {
  readonly heapUsed: number;
  readonly rss: number;
  /** What keeps the process alive: sockets, servers, timers, by the name of their kind. */
  readonly resources: readonly string[];
}
