import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { credentialFor } from '../access/caller-keys.ts';
import { type Addressed, addressOf } from '../edge/address-of.ts';
import { type AllowanceSettings, createAllowance, type Standing } from '../edge/allowance.ts';
import { createNotes } from '../edge/notes.ts';
import type { Context } from '../graph/context.ts';
import type { Costs } from './use-operation-cost.ts';

interface Settings extends AllowanceSettings {
  readonly addressHeader?: string | undefined;
}

export interface RateLimit {
  readonly plugin: Plugin<Context>;
  /** Takes from the caller's allowance, instead of executing the operation. The refusal, if they have too little left. */
  charge(asking: Charged, points: number): GraphQLError | null;
  /** How the caller stands after this request; null when nothing was taken for it. */
  headersFor(request: object): RateLimitHeaders | null;
}

export interface RateLimitHeaders {
  readonly 'ratelimit-policy': string;
  readonly ratelimit: string;
}

/** What pages of other origins may read of an answer beside its body: how their caller stands. */
export const exposedHeaders = ['ratelimit', 'ratelimit-policy', 'retry-after'];

/** Who asks, and from where. */
export type Charged = Pick<Context, 'caller' | 'sources'> & Addressed;

/**
 * Bounds what one caller may ask in a minute, by what their operations may cost. They are told how they stand with every answer,
 * and refused with 429 before anything is asked of a source.
 */
export function useRateLimit(settings: Settings, costs: Costs): RateLimit {
  const allowance = createAllowance(settings);
  const standings = createNotes<Standing>('standing');
  const paid = createNotes<true>('paid');

  function take(asking: Charged, points: number): GraphQLError | null {
    const standing = allowance.take(callersIn(asking, settings), points);
    standings.note(asking.request, standing);
    return standing.granted ? null : refusal(standing, points);
  }

  function charge(asking: Charged, points: number): GraphQLError | null {
    const refused = take(asking, points);
    if (refused === null) paid.note(asking.request, true);
    return refused;
  }

  function headersFor(request: object): RateLimitHeaders | null {
    const standing = standings.of(request);
    if (standing === undefined) return null;
    const left = standing.left.map(({ policy, points, seconds }) => `"${policy}";r=${points};t=${seconds}`);
    return { 'ratelimit-policy': allowance.policy, ratelimit: left.join(', ') };
  }

  return {
    plugin: {
      onExecute: ({ context, setResultAndStopExecution }) => {
        // Who first waited for another's answer, and is executed after all, was charged then.
        if (paid.take(context.request)) return;
        const refused = take(context, costs.pointsOf(context));
        if (refused !== null) setResultAndStopExecution({ errors: [refused] });
      },
      onResponse: ({ request, response }) => {
        for (const [name, value] of Object.entries(headersFor(request) ?? {})) response.headers.set(name, value);
      },
    },
    charge,
    headersFor,
  };
}

/**
 * Whose allowance an operation is charged to. Keys for sources that nobody has checked yet make no caller: with them, the address is
 * charged too, or a new made-up key would bring a new allowance.
 */
function callersIn(asking: Charged, { addressHeader }: Settings): readonly [string, ...string[]] {
  const { caller, sources } = asking;
  if (caller.name !== null) return [`${caller.kind} ${caller.name}`];
  const address = addressOf(asking, addressHeader);
  const holders = [...sources.keys()].flatMap((id) => {
    const own = credentialFor(id, asking.request.headers);
    return own?.class === 'caller' ? [own.holder] : [];
  });
  if (holders.length === 0) return [address];
  return [`own keys ${createHash('sha256').update(holders.join(' ')).digest('base64url')}`, address];
}

function refusal({ retryAfter }: Standing, points: number): GraphQLError {
  const message = `You have asked for too much in a short time: this operation may cost ${points} requests to the sources. Ask again in ${retryAfter} s.`;
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      cost: points,
      retryAfter,
      http: { status: 429, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
