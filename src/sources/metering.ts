import { AsyncLocalStorage } from 'node:async_hooks';
import { noteAsked } from '../cache/since.ts';
import type { HttpClient } from '../http/client.ts';

/** What was asked and answered on behalf of whoever holds it. */
export interface Meter {
  requests: number;
  /** Of the answers' bodies, in characters, which is what the parser is given. */
  bytes: number;
}

// Reads do not hand a meter down to the requests they make: it follows them.
const held = new AsyncLocalStorage<Meter>();

/** Counts all that `work` asks, in its turns and afterwards. */
export function withMeter<Result>(meter: Meter, work: () => Result): Result {
  return held.run(meter, work);
}

/** The same client, which counts for whoever asks, and tells their reads how old the answers are. */
export function metered(client: HttpClient): HttpClient {
  return {
    ...client,
    send: async (request) => {
      const meter = held.getStore();
      if (meter !== undefined) meter.requests += 1;
      const answer = await client.send(request);
      if (meter !== undefined) meter.bytes += answer.body.length;
      noteAsked(answer.sentAt);
      return answer;
    },
  };
}
