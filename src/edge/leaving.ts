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
    };

/** Makes no signal, which only those need who want to be told. */
export const hasLeft = (request: Leaving): boolean => ('waiting' in request ? request.waiting.hasLeft() : request.signal.aborted);

export const leavingOf = (request: Leaving): AbortSignal => ('waiting' in request ? request.waiting.left() : request.signal);
