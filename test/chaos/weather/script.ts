import type { Random } from '../../../src/twins/random.ts';
import { type SourceId, sourceIds } from '../truth/subjects.ts';
import { type TroubleName, troubles } from './faults.ts';

/** One after another, with a while of calm between them. */
export type Phase =
  | { readonly what: 'trouble'; readonly source: SourceId; readonly trouble: TroubleName; readonly seconds: number }
  /** The server's clock of the day is set, and set right again. */
  | { readonly what: 'clock'; readonly hours: number; readonly seconds: number }
  | { readonly what: 'redis'; readonly how: 'killed' | 'frozen'; readonly seconds: number };

/** What CI sees, in about a minute and a half: everything once, and each source with a trouble that opens its breaker. */
export const shortScript: readonly Phase[] = [
  { what: 'trouble', source: 'webui', trouble: 'delay', seconds: 2 },
  { what: 'trouble', source: 'mcsmanager', trouble: 'fails', seconds: 3 },
  { what: 'clock', hours: 3, seconds: 3 },
  { what: 'trouble', source: 'webui', trouble: 'hang', seconds: 5 },
  { what: 'redis', how: 'killed', seconds: 2 },
  { what: 'trouble', source: 'horde', trouble: 'reset', seconds: 3 },
  { what: 'trouble', source: 'mcsmanager', trouble: 'gone', seconds: 8 },
  { what: 'trouble', source: 'webui', trouble: 'busy for 2 s', seconds: 2 },
  { what: 'redis', how: 'frozen', seconds: 3 },
  { what: 'trouble', source: 'horde', trouble: 'busy', seconds: 2 },
  { what: 'trouble', source: 'webui', trouble: 'bad gateway', seconds: 3 },
  { what: 'clock', hours: -2, seconds: 3 },
  { what: 'trouble', source: 'horde', trouble: 'page', seconds: 2 },
  { what: 'trouble', source: 'mcsmanager', trouble: 'cut', seconds: 3 },
  { what: 'trouble', source: 'webui', trouble: 'flood', seconds: 2 },
  { what: 'trouble', source: 'horde', trouble: 'refuse', seconds: 3 },
  { what: 'trouble', source: 'webui', trouble: 'nonsense', seconds: 3 },
];

/** Everything on every source in an order of the seed's, one gone for a minute once in each round. */
export function* longScript(random: Random): Generator<Phase> {
  for (;;) {
    const names = Object.keys(troubles) as TroubleName[];
    const phases: Phase[] = sourceIds.flatMap((source) =>
      names
        .filter((trouble) => trouble !== 'gone')
        .map((trouble) => ({ what: 'trouble', source, trouble, seconds: random.between(2, 9) }) satisfies Phase),
    );
    phases.push({ what: 'trouble', source: random.pick(sourceIds), trouble: 'gone', seconds: 60 });
    for (const hours of [-24, -1, 1, 5]) phases.push({ what: 'clock', hours, seconds: 4 });
    for (const how of ['killed', 'frozen'] as const) phases.push({ what: 'redis', how, seconds: 6 });
    const drawn = phases.map((phase) => ({ phase, at: random.next() })).toSorted((one, other) => one.at - other.at);
    yield* drawn.map(({ phase }) => phase);
  }
}
