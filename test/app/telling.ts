import type { AimedMutation } from './aiming.ts';
import type { Rollcall } from './rollcall.ts';
import { ownKeyFor } from './whose-key.ts';

/** What Rollcall tells of one field. */
export interface ToldField {
  readonly name: string;
  readonly requested: unknown;
  readonly before: unknown;
  readonly after: unknown;
  readonly verdict: string;
}

/** What Rollcall tells of what it did to one account, or of one mutation about none. */
export interface Told {
  /** Absent where the mutation is about one account, or none, anyway. */
  readonly accountId?: string;
  readonly sent: boolean;
  readonly fields: readonly ToldField[];
  readonly errors: readonly {
    readonly __typename: string;
    readonly message: string;
    readonly applied?: readonly string[];
    readonly missing?: readonly string[];
    readonly unknown?: readonly string[];
  }[];
}

export interface MutateOptions {
  readonly dryRun?: boolean;
  readonly key?: string | undefined;
}

const selection = `sent fields { name requested before after verdict }
  errors { __typename ... on WriteError { message } ... on PartlyApplied { applied missing } ... on UnknownOutcome { unknown } }`;

/** Of each account that the mutation is about. */
export async function mutate(rollcall: Rollcall, mutation: AimedMutation, options: MutateOptions = {}): Promise<readonly Told[]> {
  const { name } = mutation;
  const shared = name === 'banUser' || name === 'unbanUser' || name === 'deleteUser';
  const type = shared ? 'UserChangeInput' : `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const many = shared || name === 'deleteMcsManagerUsers';
  const chosen = many ? `changes { accountId ${selection} }` : selection;
  const input = { ...mutation.input, ...(options.dryRun ? { dryRun: true } : {}), idempotencyKey: options.key };
  const headers = ownKeyFor(rollcall.community, mutation);
  const query = `mutation ($input: ${type}!) { told: ${name}(input: $input) { ${chosen} } }`;
  const { data, errors } = await rollcall.askText(query, { input }, headers);
  if (errors !== undefined || data == null)
    throw new Error(`${name} ${JSON.stringify(mutation.input)}: ${JSON.stringify(errors)}`);
  // The query asks for just that.
  return many ? (data['told'] as { changes: readonly Told[] }).changes : [data['told'] as Told];
}
