import type { AccountNode } from './context.ts';

const typeNames = new Map<string, string>();

/** Says which object type shows the accounts of a kind. Called by each file in `graph/accounts/`, once. */
export function registerAccountType(kind: string, typeName: string): void {
  typeNames.set(kind, typeName);
}

/** Kinds that have no type of their own are shown with what all kinds share. */
export const sharedAccountType = 'OtherAccount';

export const accountTypeName = (account: AccountNode): string => typeNames.get(account.open.source.kind) ?? sharedAccountType;
