import { openClient } from './client.ts';

export interface Call {
  readonly request: Buffer;
  /** Every answer is compared with this, byte by byte. */
  readonly expected: Buffer;
}

export interface Burst {
  readonly operations: number;
  readonly seconds: number;
  /** Milliseconds, sorted. */
  readonly latencies: Float64Array;
}

export interface BurstOptions {
  readonly port: number;
  readonly calls: readonly Call[];
  readonly connections: number;
  /** Ends after so many operations, or after so many milliseconds with a few operations of each client. */
  readonly until: { readonly operations: number } | { readonly ms: number };
}

/** As many clients as told, each asking again as soon as it was answered. Throws at the first answer that is not as it should be. */
export async function runBurst({ port, calls, connections, until }: BurstOptions): Promise<Burst> {
  const latencies: number[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const clients = await Promise.all(Array.from({ length: connections }, () => openClient(port, reject)));
  const started = performance.now();
  const isOver = (): boolean => {
    if ('operations' in until) return asked >= until.operations;
    const ms = performance.now() - started;
    return ms >= until.ms && (asked >= enough * connections || ms >= patience * until.ms);
  };
  let asked = 0;
  let underWay = 0;

  const next = (client: (typeof clients)[number]): void => {
    const call = calls[asked % calls.length];
    if (call === undefined || isOver()) {
      if (underWay === 0) resolve();
      return;
    }
    asked += 1;
    underWay += 1;
    const sent = performance.now();
    client.ask(call.request, (body) => {
      latencies.push(performance.now() - sent);
      underWay -= 1;
      if (body.equals(call.expected)) next(client);
      else reject(new Error(`a different answer: ${body.toString('utf8', 0, 500)}`));
    });
  };
  try {
    for (const client of clients) next(client);
    await promise;
    return {
      operations: latencies.length,
      seconds: (performance.now() - started) / 1000,
      latencies: Float64Array.from(latencies).sort(),
    };
  } finally {
    for (const client of clients) client.close();
  }
}

/** Operations of each client, so that the end, when fewer and fewer of them ask, does not count for much. */
const enough = 4;
/** How many times as long as told it may take for that. */
const patience = 4;

/** Of sorted numbers; `share` 0.5 is the median. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
  return sorted[at] ?? Number.NaN;
}

export const median = (numbers: readonly number[]): number =>
  quantile(
    numbers.toSorted((one, other) => one - other),
    0.5,
  );
