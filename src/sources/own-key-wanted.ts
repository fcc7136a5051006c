import { Refusal } from '../writing/refusals.ts';

/** For what is done only with a key that the caller brought. Thrown while a write is made, so that nothing has been asked. */
export const ownKeyWanted = (source: string, why: string): Refusal =>
  new Refusal({
    kind: 'FORBIDDEN',
    source,
    message: `${why} Bring a key of your own for this source, in the header x-source-key-${source}.`,
  });
