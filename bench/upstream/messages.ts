/** The sources as contenders reach them, and who is there. */
export interface Sources {
  readonly horde: Source;
  readonly webui: Source;
}

export interface Source {
  /** Without a trailing slash; what an operator would configure. */
  readonly url: string;
  readonly key: string;
}

export interface Population {
  /** Ids of the Horde's users. */
  readonly horde: readonly number[];
  readonly webui: readonly { readonly id: string; readonly name: string; readonly email: string }[];
}

/** From the process that replays, once. */
export interface Ready {
  readonly kind: 'ready';
  readonly sources: Sources;
  readonly population: Population;
}

export interface Counted {
  readonly kind: 'counted';
  /** Since the start. */
  readonly requests: number;
  readonly unrecorded: number;
}

export type ToReplayer =
  | { readonly kind: 'count' }
  | { readonly kind: 'latency'; readonly ms: number }
  /** The twins are closed; nothing more is recorded. */
  | { readonly kind: 'freeze' };
