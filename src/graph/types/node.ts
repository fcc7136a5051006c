import { accountTypeName } from '../account-types.ts';
import { builder } from '../builder.ts';
import type { AccountNode, UserNode } from '../context.ts';

/** A person and their primary account have the same id. Which of the two is meant follows from what is asked of it. */
export type NodeValue = UserNode | AccountNode;

export const NodeRef = builder.interfaceRef<NodeValue>('Node');
NodeRef.implement({
  description: 'Something that can be found again by its id.',
  resolveType: (value) => ('accounts' in value ? 'User' : accountTypeName(value)),
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: '`<source id>:<native id>`, such as `horde:42`.' }),
  }),
});
