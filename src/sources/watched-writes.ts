import type { HttpClient } from '../http/client.ts';
import type { Write } from '../writing/change.ts';
import type { Writers } from './contract.ts';

/** A client that remembers how the last request of one write was answered, for the audit. */
export interface WatchedClient {
  readonly http: HttpClient;
  last(): number | null;
}

/** `isChange`: whether a request is to change something. */
export function watchStatus(http: HttpClient, isChange: (request: Parameters<HttpClient['send']>[0]) => boolean): WatchedClient {
  let last: number | null = null;
  return {
    http: {
      ...http,
      send: async (request) => {
        if (!isChange(request)) return http.send(request);
        last = null;
        const answer = await http.send(request);
        last = answer.status;
        return answer;
      },
    },
    last: () => last,
  };
}

/** The same writes, each of which tells how its last request was answered. */
export function tellStatus(writers: Writers, last: () => number | null): Writers {
  const told = Object.entries(writers).map(([name, make]) => [
    name,
    // Each is asked with the input of its own name, as before.
    (input: never): Write => ({ ...(make as (input: never) => Write)(input), status: last }),
  ]);
  return Object.fromEntries(told);
}
