/** A request whose client may leave before it is answered: one of Yoga's, or one that knows who waits for its answer. */
export type Leaving =
  | { readonly signal: AbortSignal }
  | {
      readonly waiting: {
        readonly hasLeft: () => boolean;
        readonly left: () => AbortSignal;
        /** When its time is up, by `performance.now()`. */
        readonly until: () => number;
      };
      /** When all of it had come, by `performance.now()`. */
      readonly cameAt: number;
      /** Whether its own client has left, whoever else may wait for the same. */
      readonly isGone: () => boolean;
    };

/** Makes no signal, which only those need who want to be told. */
export const hasLeft = (request: Leaving): boolean => ('waiting' in request ? request.waiting.hasLeft() : request.signal.aborted);

/** Whether its own client has left; others may be waiting for the same. */
export const isGone = (request: Leaving): boolean => ('waiting' in request ? request.isGone() : request.signal.aborted);

/** From when on its client has waited, as far as that is known, by `performance.now()`. */
export const cameAt = (request: Leaving): number => ('waiting' in request ? request.cameAt : performance.now());

export const leavingOf = (request: Leaving): AbortSignal => ('waiting' in request ? request.waiting.left() : request.signal);
