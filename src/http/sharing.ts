import { createPassing } from '../passing.ts';
import type { Course, Settle, Waited } from './attempts.ts';
import { type HttpAnswer, type HttpRequest, isRead } from './exchange.ts';
import { type ShareKey, shareKey } from './share-key.ts';
import { whyLeft } from './why-left.ts';

/** Requests under way, each with whoever waits for it. */
export interface Sharing {
  send(request: HttpRequest): Promise<HttpAnswer>;
  forget(): void;
}

interface SharingOptions {
  /** Told in the turn of whoever asks. */
  readonly onWait: (course: Waited) => void;
  readonly onJoin: (request: HttpRequest) => void;
  readonly now: () => number;
}

/**
 * Reads that are alike and under way at once are one request: across operations, never across credential classes. It ends when the
 * last of those who wait for it leaves.
 */
export function createSharing(
  source: string,
  isOn: boolean,
  begin: (request: HttpRequest, settle: Settle) => Course,
  { onWait, onJoin, now }: SharingOptions,
): Sharing {
  const flights = createPassing<ShareKey, Flight>();
  // A write begins a new one when it is sent, and another when it is over: whatever was asked before may tell what was.
  let epoch = 0;

  function take(request: HttpRequest, waiter: Waiter): Flight {
    const isWrite = !isRead(request);
    const { maxAgeMs = Number.POSITIVE_INFINITY } = request;
    const key = isOn && !isWrite && maxAgeMs > 0 ? shareKey(request, epoch) : undefined;
    const known = key === undefined ? undefined : flights.get(key);
    if (known !== undefined && now() - (known.course?.sentAt() ?? Number.POSITIVE_INFINITY) < maxAgeMs) {
      known.waiters.push(waiter);
      known.course?.extend(request.until);
      onJoin(request);
      return known;
    }
    if (isWrite) epoch += 1;
    const flight: Flight = {
      waiters: [waiter],
      course: undefined,
      over: () => {
        if (isWrite) epoch += 1;
        // A younger one may have taken its place.
        if (key !== undefined) flights.drop(key, flight);
      },
    };
    if (key !== undefined) flights.set(key, flight);
    flight.course = begin(request, (error, answer) => {
      flight.over();
      for (const each of flight.waiters) each.settle(error, answer);
    });
    return flight;
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const { signal } = request;
        if (signal?.aborted) return reject(whyLeft(signal, source, false));
        const waiter: Waiter = {
          settle: (error, answer) => {
            signal?.removeEventListener('abort', leave);
            if (answer === undefined) reject(error);
            else resolve(answer);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        const flight = take(request, waiter);
        if (flight.course !== undefined) onWait(flight.course);

        function leave(): void {
          const at = flight.waiters.indexOf(waiter);
          if (signal === undefined || at < 0) return;
          flight.waiters.splice(at, 1);
          reject(whyLeft(signal, source, flight.course?.wasSent() === true));
          if (flight.waiters.length > 0) return;
          flight.over();
          flight.course?.end(left);
        }
      }),
    forget: () => {
      epoch += 1;
    },
  };
}

interface Waiter {
  readonly settle: Settle;
}

interface Flight {
  /** Nearly always one. */
  readonly waiters: Waiter[];
  /** Undefined only until it has begun. */
  course: Course | undefined;
  /** Nobody joins it from now on. */
  readonly over: () => void;
}

const left = new Error('nobody waits for the answer any longer');
