import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { type AllowanceSettings, createAllowance, type Standing } from '../edge/allowance.ts';
import { addressFrom, networkOf } from '../edge/network.ts';
import type { Context } from '../graph/context.ts';
import type { Costs } from './use-operation-cost.ts';

interface Settings extends AllowanceSettings {
  readonly addressHeader?: string | undefined;
}

/** What a server that listens adds to the context; `app.fetch` has no connection. */
interface Connection {
  readonly req?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

/**
 * Bounds what one caller may ask in a minute, by what their operations may cost. They are told how they stand with every answer,
 * and refused with 429 before anything is asked of a source.
 */
export function useRateLimit(settings: Settings, costs: Costs): Plugin<Context> {
  const allowance = createAllowance(settings);
  const standings = new WeakMap<Request, Standing>();
  return {
    onExecute: async ({ context, setResultAndStopExecution }) => {
      const points = costs.pointsOf(context);
      const standing = await allowance.take(callersIn(context, settings), points);
      standings.set(context.request, standing);
      if (!standing.granted) setResultAndStopExecution({ errors: [refusal(standing, points)] });
    },
    onResponse: ({ request, response }) => {
      const standing = standings.get(request);
      if (standing === undefined) return;
      response.headers.set('ratelimit-policy', allowance.policy);
      response.headers.set(
        'ratelimit',
        standing.left.map(({ policy, points, seconds }) => `"${policy}";r=${points};t=${seconds}`).join(', '),
      );
    },
  };
}

/**
 * Whose allowance an operation is charged to. Keys for sources that nobody has checked yet make no caller: with them, the address is
 * charged too, or a new made-up key would bring a new allowance.
 */
function callersIn(
  context: Context & Connection & { readonly request: Request },
  { addressHeader }: Settings,
): readonly [string, ...string[]] {
  const { caller, request, req } = context;
  if (caller.name !== null) return [`${caller.kind} ${caller.name}`];
  const told = addressHeader === undefined ? null : addressFrom(request.headers, addressHeader);
  const address = `address ${networkOf(told ?? req?.socket?.remoteAddress ?? 'unknown')}`;
  const holders = [...context.sources.values()].flatMap(({ permit: { credential } }) =>
    credential.class === 'caller' ? [credential.holder] : [],
  );
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
