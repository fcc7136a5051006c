import { GraphQLError } from 'graphql';
import { SourceError, sourceErrors } from '../errors.ts';
import type { Context } from '../graph/context.ts';
import type { OperationCost } from './bill.ts';

/** More is to be asked of a source than is left of its quota, and will be until the operation is out of time. */
export interface Shortage {
  readonly source: string;
  /** Milliseconds until all of it may be asked. */
  readonly waitMs: number;
  /** The same for its pages of lists alone; 0 where these fit. */
  readonly pagesWaitMs: number;
}

/**
 * Where an operation need not even begin, by its worst case.
 *
 * Only pages of lists and reads of accounts are looked at, whose worst case is close to what happens. What is only an estimate (names
 * looked up, a key's rights found out) would refuse operations that come nowhere near it; if it does run out, that request is refused
 * alone.
 */
export function shortages(cost: OperationCost, context: Context, deadlineMs: number): readonly Shortage[] {
  const asked = new Map<string, { all: number; pages: number }>();
  for (const { source, what, requests } of cost.charges) {
    if (source === null || estimates.has(what)) continue;
    const counts = asked.get(source) ?? { all: 0, pages: 0 };
    asked.set(source, counts);
    counts.all += requests;
    if (what === 'list page') counts.pages += requests;
  }
  return [...asked].flatMap(([source, { all, pages }]) => {
    const open = context.sources.get(source);
    if (open?.source.traffic === undefined) return [];
    const { traffic, calls } = open.source;
    const { credential } = open.permit;
    const pagesWaitMs = calls?.listRoute === undefined || pages === 0 ? 0 : traffic.waitFor(credential, calls.listRoute, pages);
    const waitMs = Math.max(pagesWaitMs, traffic.waitFor(credential, '*', all));
    return waitMs > deadlineMs ? [{ source, waitMs, pagesWaitMs: pagesWaitMs > deadlineMs ? pagesWaitMs : 0 }] : [];
  });
}

const estimates: ReadonlySet<string> = new Set(['checks', 'lookup by name', 'search', 'key holder', 'status', 'write']);

export const outOfPages = ({ source, pagesWaitMs }: Shortage): SourceError =>
  new SourceError('SOURCE_OVERLOADED', source, { retryAfter: Math.ceil(pagesWaitMs / 1000) });

export function outOfQuota({ source, waitMs }: Shortage): GraphQLError {
  const retryAfter = Math.ceil(waitMs / 1000);
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
