import type { HttpClient } from '../http/client.ts';
import { isRead } from '../http/exchange.ts';
import type { Write } from '../writing/change.ts';
import type { Writers } from './contract.ts';

/** A client that remembers what became of the requests of one write. */
export interface WatchedClient {
  readonly http: HttpClient;
  readonly told: Told;
}

type Told = Required<Pick<Write, 'status' | 'wasSent'>>;

export function watchStatus(http: HttpClient): WatchedClient {
  let last: number | null = null;
  let isSent = false;
  const onSent = (): void => {
    isSent = true;
  };
  return {
    http: {
      ...http,
      send: async (request) => {
        if (isRead(request)) return http.send(request);
        last = null;
        const answer = await http.send({ ...request, onSent });
        last = answer.status;
        return answer;
      },
    },
    told: { status: () => last, wasSent: () => isSent },
  };
}

/** The same writes, each of which tells whether it went out, and how its last request was answered. */
export function tellStatus(writers: Writers, told: Told): Writers {
  const telling = Object.entries(writers).map(([name, make]) => [
    name,
    // Each is asked with the input of its own name, as before.
    (input: never): Write => ({ ...(make as (input: never) => Write)(input), ...told }),
  ]);
  return Object.fromEntries(telling);
}
