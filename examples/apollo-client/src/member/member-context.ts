import type { ErrorLike } from '@apollo/client';
import { createContext, useContext } from 'react';

/** What the parts of a member's page share. */
export interface Member {
  /** Until the last deferred part is there. */
  readonly loading: boolean;
  /** Everything that went wrong in the page's answer so far. */
  readonly error: ErrorLike | undefined;
  readonly titleOf: (source: string) => string;
}

export const MemberContext = createContext<Member | null>(null);

export function useMember(): Member {
  const member = useContext(MemberContext);
  if (member === null) throw new Error('A part stands outside of a member’s page.');
  return member;
}
