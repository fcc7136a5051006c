import type { Problem } from '../../writing/change.ts';
import type { AccountNode, Context } from '../context.ts';
import { idempotencyKeyOf, type WriteOptions } from './write-options.ts';

/**
 * Takes the caller's key for a mutation about several accounts, so that it stands for these and no others. Where it stands
 * for others already, or could not be noted, nothing may be sent: why, of each one's source.
 */
export async function claimKey(
  operation: string,
  accounts: readonly AccountNode[],
  options: WriteOptions,
  context: Context,
): Promise<((source: string) => Problem) | null> {
  const idempotencyKey = idempotencyKeyOf(options);
  if (options.dryRun || idempotencyKey === undefined) return null;
  const { kind, name } = context.caller;
  const input = accounts.map(({ id }) => id);
  return context.writes.claim({ writer: { kind, name }, holders: holdersIn(context), operation, input, idempotencyKey });
}

/** On all sources, so that a caller is the same one whomever a mutation is about. */
const holdersIn = ({ sources }: Context): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...sources].flatMap(([id, { permit }]) =>
      permit.credential.class === 'caller' ? [[id, permit.credential.holder] as const] : [],
    ),
  );
