import type { Json } from '../../domain/facets.ts';
import type { WriteName, Writes } from '../../domain/writes.ts';
import { ForbiddenError, SourceError } from '../../errors.ts';
import { type AccountNode, accountOn, type Context, type OpenSource } from '../context.ts';
import type { ChangeResult } from './change-result.ts';
import { maySee, mustSeeExpected } from './seeing.ts';
import { idempotencyKeyOf, type WriteOptions } from './write-options.ts';

/** The scope that a write needs; without it nothing is asked. */
export type WriteScope = 'write' | 'write:admin';

/** One write as a mutation wants it. */
export interface Wanted<Name extends WriteName> {
  readonly open: OpenSource;
  readonly name: Name;
  /** What the source makes its write of. */
  readonly input: Writes[Name];
  readonly options: WriteOptions;
  /** Where one idempotency key stands for several writes: which of them this is, so that each has its own. */
  readonly part?: string;
  /** The mutation, where it is not called like the source's write. */
  readonly operation?: string;
  /** The account it is about; null for a new one, and where it is about none. */
  readonly account: AccountNode | null;
  /** What a creation makes is an account, and not something else that has an id. */
  readonly makesAccount?: boolean;
}

/** Throws before anything is asked. */
export function mustWrite({ source, permit }: OpenSource, scope: WriteScope): void {
  if (!permit.holds(scope)) throw new ForbiddenError(source.id, scope);
}

/** Carries out one write of one source. Whoever calls this has seen to the scope. */
export async function runWrite<Name extends WriteName>(wanted: Wanted<Name>, context: Context): Promise<ChangeResult> {
  const { open, name, input, options, part } = wanted;
  const key = idempotencyKeyOf(options);
  const session = open.openToWrite();
  const writer = session.writes?.()[name];
  if (writer === undefined) {
    throw new SourceError('SOURCE_UNSUPPORTED', open.source.id, { hint: `An ${open.source.title} takes no such change.` });
  }
  const { credential } = open.permit;
  const outcome = await context.writes.run({
    writer: {
      kind: context.caller.kind,
      name: context.caller.name,
      holder: credential.class === 'caller' ? credential.holder : null,
    },
    source: open.source.id,
    operation: wanted.operation ?? name,
    // What came in through GraphQL's scalars is JSON.
    input: input as unknown as Json,
    dryRun: options.dryRun ?? false,
    idempotencyKey: key === undefined || part === undefined ? key : `${key} ${part}`,
    until: context.until,
    mayCompare: (field) => maySee(open, field),
    make: () => {
      const write = writer(input);
      mustSeeExpected(open, write);
      return write;
    },
  });
  // What was read before is old now, and what a replayed write did as well.
  const fresh = outcome.sent ? context.renew(open.source.id) : open;
  const account = accountAfter(wanted, outcome.id, fresh);
  const isGone = outcome.problems.some(({ kind }) => kind === 'NOT_FOUND') || isDeleted(outcome.fields);
  return { dryRun: options.dryRun ?? false, outcome, open: fresh, account: isGone ? null : account };
}

function accountAfter(
  { account, makesAccount }: Wanted<WriteName>,
  createdId: string | null,
  open: OpenSource,
): AccountNode | null {
  if (account !== null) return accountOn(open, account.nativeId);
  if (makesAccount !== true) return null;
  const nativeId = createdId === null ? null : open.source.canonicalId(createdId);
  return nativeId === null ? null : accountOn(open, nativeId);
}

const isDeleted = (fields: ChangeResult['outcome']['fields']): boolean =>
  fields.some(({ name, verdict }) => name === 'deleted' && (verdict === 'APPLIED' || verdict === 'UNCHANGED'));
