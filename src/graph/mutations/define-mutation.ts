import type { InputRef, ObjectRef } from '@pothos/core';
import type { WriteName, Writes } from '../../domain/writes.ts';
import { builder } from '../builder.ts';
import { type AccountNode, accountById, type Context, type OpenSource } from '../context.ts';
import { existingAccount } from '../existence.ts';
import { type Led, leading } from '../leading.ts';
import { ChangePayloadRef } from './change-payload.ts';
import type { ChangeResult } from './change-result.ts';
import { mustWrite, runWrite, type WriteScope } from './running.ts';
import type { WriteOptions } from './write-options.ts';

/** Where a write goes: to a source, and there to an account if it is about one. */
export interface Place {
  readonly open: OpenSource;
  readonly account: AccountNode | null;
}

export interface Mutation<Name extends WriteName, Input extends WriteOptions> {
  /** Of the mutation and of the source's write. */
  readonly name: Name;
  readonly description: string;
  readonly scope: WriteScope;
  readonly input: InputRef<Input>;
  /** How many requests to the source it may take at most; absent: the few that most take. */
  readonly requests?: number;
  /** The type of the account in the payload; absent where a write is about none. */
  readonly account?: ObjectRef<SchemaTypes, AccountNode>;
  /** Throws an `InputError` for what cannot be meant. Asks nothing. */
  place(input: Input, context: Context): Place;
  /** What the source makes its write of; without `dryRun` and `idempotencyKey`. */
  write(input: Input, place: Place): Writes[Name];
}

type SchemaTypes = typeof builder.$inferSchemaTypes;

/**
 * Adds a mutation with one input and one payload. Gives the payload's type: what more it shows, such as what an action brought,
 * is added to it by `builder.objectField`.
 */
export function defineMutation<Name extends WriteName, Input extends WriteOptions>(mutation: Mutation<Name, Input>) {
  const { name, description, scope, input: inputRef } = mutation;
  const payload = payloadOf(name, mutation.account);
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      nullable: true,
      description,
      extensions: {
        needs: scope,
        ...(mutation.requests === undefined ? {} : { writes: mutation.requests }),
        ...leading((args: { readonly input: Input }, context) => ledTo(mutation.place(args.input, context))),
      },
      args: { input: t.arg({ type: inputRef, required: true, description: 'What to write, and how.' }) },
      resolve: async (_root, args, context) => {
        // The shape of the input type's own fields, which pothos cannot work out for a type that is not known here.
        const { input } = args as unknown as { input: Input };
        const place = mutation.place(input, context);
        mustWrite(place.open, scope);
        const makesAccount = mutation.account !== undefined;
        return runWrite({ ...place, name, input: mutation.write(input, place), options: input, makesAccount }, context);
      },
    }),
  );
  return payload;
}

/** The account in the payload; a new one is found by its id. */
function ledTo({ open, account }: Place): Led {
  return { looks: true, ...(account === null ? { found: [{ open, most: 1, brings: [] }] } : { accounts: [account] }) };
}

/** The same for a mutation about one account, which its input names as `id`. */
export function defineAccountMutation<Name extends WriteName, Input extends WriteOptions & { readonly id: string }>({
  write,
  ...mutation
}: AccountMutation<Name, Input>) {
  return defineMutation<Name, Input>({
    ...mutation,
    place: ({ id }, context) => {
      const account = accountById(id, context);
      return { open: account.open, account };
    },
    write: ({ id: _id, dryRun: _dryRun, idempotencyKey: _key, ...fields }, { account }) => {
      if (account === null) throw new Error(`${mutation.name} has no account`);
      return write(fields, account.nativeId);
    },
  });
}

export interface AccountMutation<Name extends WriteName, Input extends WriteOptions & { readonly id: string }>
  extends Omit<Mutation<Name, Input>, 'place' | 'write'> {
  readonly account: ObjectRef<SchemaTypes, AccountNode>;
  /** What the source makes its write of. */
  write(fields: Omit<Input, 'id' | 'dryRun' | 'idempotencyKey'>, nativeId: string): Writes[Name];
}

/** `UpdateMcsManagerUserPayload`, for mutations that make their result themselves. */
export function payloadOf(name: string, account?: ObjectRef<SchemaTypes, AccountNode>) {
  const typeName = `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
  const ref = builder.objectRef<ChangeResult>(typeName);
  ref.implement({
    description: `What \`${name}\` really did.`,
    interfaces: [ChangePayloadRef],
  });
  if (account !== undefined) {
    builder.objectField(ref, 'account', (t) =>
      t.field({
        type: account,
        nullable: true,
        description: 'The account, read anew. Null when there is none, or none any more.',
        resolve: (result, _args, _context, info) =>
          result.account === null ? null : existingAccount(result.account, info, true),
      }),
    );
  }
  return ref;
}
