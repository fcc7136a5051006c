import { GraphQLError } from 'graphql';
import { sourceErrors } from '../errors.ts';
import type { Context } from '../graph/context.ts';
import type { OperationCost } from './bill.ts';

/**
 * Why an operation need not even begin: what it asks of a source is more than is left of the source's quota, and will be until the
 * operation is out of time. Null where it may fit.
 *
 * Only pages of lists and reads of accounts are looked at, whose worst case is close to what happens. What is only an estimate (names
 * looked up, a key's rights found out) would refuse operations that come nowhere near it; if it does run out, that request is refused
 * alone.
 */
export function outOfQuota(cost: OperationCost, context: Context, deadlineMs: number): GraphQLError | null {
  const asked = new Map<string, { all: number; pages: number }>();
  for (const { source, what, requests } of cost.charges) {
    if (source === null || estimates.has(what)) continue;
    const counts = asked.get(source) ?? { all: 0, pages: 0 };
    asked.set(source, counts);
    counts.all += requests;
    if (what === 'list page') counts.pages += requests;
  }
  for (const [id, { all, pages }] of asked) {
    const open = context.sources.get(id);
    if (open?.source.traffic === undefined) continue;
    const { traffic, calls } = open.source;
    const { credential } = open.permit;
    const wait = Math.max(
      traffic.waitFor(credential, '*', all),
      calls?.listRoute === undefined || pages === 0 ? 0 : traffic.waitFor(credential, calls.listRoute, pages),
    );
    if (wait > deadlineMs) return refusal(id, Math.ceil(wait / 1000));
  }
  return null;
}

const estimates: ReadonlySet<string> = new Set(['checks', 'lookup by name', 'search', 'key holder', 'status', 'write']);

function refusal(source: string, retryAfter: number): GraphQLError {
  const { message, retryable } = sourceErrors.SOURCE_OVERLOADED;
  return new GraphQLError(`${message} The operation may ask more of it than is left of its quota.`, {
    extensions: {
      code: 'SOURCE_OVERLOADED',
      source,
      retryable,
      retryAfter,
      http: { spec: true, status: 503, headers: { 'retry-after': String(retryAfter) } },
    },
  });
}
