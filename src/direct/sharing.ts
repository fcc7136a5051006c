import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { createNotes } from '../edge/notes.ts';
import type { Context } from '../graph/context.ts';
import { createPassing } from '../passing.ts';
import type { Failures } from '../plugins/use-operation-log.ts';
import { createAdmissions } from './admissions.ts';
import type { Answer } from './answer.ts';
import type { ShareKey } from './share-key.ts';
import type { Waiting } from './waiting.ts';

/** What comes of an execution, for everybody who waits for it. */
export interface Outcome {
  readonly answer: Answer;
  readonly failures: Failures;
  /** Where a wait was asked for that was longer than what was left to who began it, in milliseconds; of several the shortest. */
  readonly tooLongMs?: number;
}

/** An execution under way that others may join, until the end of the turn in which it is answered. */
export interface Underway {
  /** What it may cost; whoever joins is charged the same. */
  readonly points: number;
  /** Of the caller who began it. In what matters theirs is that of all who join. */
  readonly context: Context;
  readonly waiting: Waiting;
  readonly outcome: Promise<Outcome>;
  /** The outcome; null where the time of who began it is up first. */
  told(): Promise<Outcome | null>;
}

/** Executions under way, each under its key. */
export interface Sharing {
  /** Changes with every write that has ended, here or in a process that tells of it: nothing begun before may be joined after. */
  readonly epoch: number;
  /**
   * A promise where one is just about to be admitted: those who ask alike in one turn all come before the first of them is. Who is
   * told by it that there is none is the next, and has to offer theirs at once: the others wait for that.
   */
  find(key: ShareKey): Underway | undefined | Promise<Underway | undefined>;
  /** Lets others join once the operation of this request is admitted. Call the returned function when it has ended. */
  offer(key: ShareKey, request: object, underway: Pick<Underway, 'waiting' | 'outcome'>): () => void;
  writeEnded(): void;
  /** Comes after all that may refuse an operation for its caller's sake. */
  readonly plugin: Plugin<Context>;
}

/** Its time was so nearly up that a source was not asked any more, which is no answer for those who have more. */
const wasCutShort = ({ failures }: Outcome): boolean =>
  Object.keys(failures).some((failure) => failure.endsWith(': SOURCE_NOT_ASKED'));

type Clock = Pick<Waiting, 'msLeft'>;

/** Of the waits that errors tell of the shortest that is too long for who began. */
export function waitBeyond(first: Clock, { errors }: ExecutionResult): Pick<Outcome, 'tooLongMs'> {
  if (errors === undefined) return {};
  const msLeft = first.msLeft();
  const waits = errors.map(({ extensions }) => Number(extensions.retryAfter) * 1_000);
  return { tooLongMs: waits.reduce((least, ms) => (ms > msLeft && ms < least ? ms : least), Number.POSITIVE_INFINITY) };
}

/**
 * Whether it is no answer for who joined, by what they have left. Who came within milliseconds of the first has hardly more than they
 * had: a wait lies between the two only by chance, and so a crowd stays together while a source is down. And who makes room for
 * others does so for how many wait in their own lane.
 */
export const concernsTheFirstAlone = (outcome: Outcome, joined: Clock): boolean =>
  wasCutShort(outcome) ||
  'SERVER_BUSY' in outcome.failures ||
  (outcome.tooLongMs !== undefined && outcome.tooLongMs <= joined.msLeft());

export function createSharing(pointsOf: (context: object) => number): Sharing {
  const underway = createPassing<ShareKey, Underway>();
  const admissions = createAdmissions<ShareKey, Underway>();
  const offered = createNotes<(context: Context) => void>('offer');
  let epoch = 0;
  return {
    get epoch() {
      return epoch;
    },
    find: (key) => underway.get(key) ?? admissions.wait(key),
    offer: (key, request, { waiting, outcome }) => {
      let mine: Underway | undefined;
      const end = admissions.begin(key);
      const endAdmission = (): void => end(underway.get(key));
      const withdraw = (): void => {
        if (mine !== undefined) underway.drop(key, mine);
        endAdmission();
      };
      offered.note(request, (context) => {
        // Of what all have left nothing is asked. And what is shown may be as old as was demanded, and would be older for whoever joins.
        if (waiting.hasLeft() || underway.get(key) !== undefined || context.maxAge() !== undefined) return endAdmission();
        let told: Promise<Outcome | null> | undefined;
        mine = {
          ...{ points: pointsOf(context), context, waiting, outcome },
          told: () => {
            told ??= Promise.race([outcome, waiting.timeUp()]);
            return told;
          },
        };
        underway.set(key, mine);
        endAdmission();
      });
      waiting.onLeft(withdraw);
      // Who is refused has an answer and was not admitted: the others go on before it is sent.
      void outcome.then(endAdmission, endAdmission);
      return withdraw;
    },
    writeEnded: () => {
      epoch += 1;
    },
    plugin: {
      onExecute: ({ context }) => offered.of(context.request)?.(context),
    },
  };
}
