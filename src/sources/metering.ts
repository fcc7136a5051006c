import { meterInUse, noteAsked } from '../cache/since.ts';
import type { Waited } from '../http/attempts.ts';
import type { HttpClient } from '../http/client.ts';

/** Nothing was sent for the read under way: somebody else had asked the same. */
export function uncount(): void {
  const meter = meterInUse();
  if (meter !== undefined) meter.requests -= 1;
}

/** For the read under way something is asked, or waits to be. */
export function noteWaited(course: Waited): void {
  const meter = meterInUse();
  if (meter !== undefined) meter.waited = course;
}

/** The same client, which counts for whoever asks, and tells their reads how old the answers are. It has to be told of `noteWaited` and `uncount`. */
export function metered(client: HttpClient): HttpClient {
  return {
    ...client,
    send: (request) => {
      const meter = meterInUse();
      if (meter !== undefined) meter.requests += 1;
      return client.send(request).then((answer) => {
        if (meter !== undefined) meter.bytes += answer.body.length;
        noteAsked(answer.sentAt);
        return answer;
      });
    },
  };
}
