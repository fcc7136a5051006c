import { addressFrom, networkOf } from './network.ts';
import type { RequestHeaders } from './request-headers.ts';

/** What a server that listens adds to the context; `app.fetch` has no connection. */
export interface Connection {
  readonly req?: { readonly socket?: { readonly remoteAddress?: string | undefined } };
}

export type Addressed = Connection & { readonly request: { readonly headers: RequestHeaders } };

/** Names the client by where it asks from. */
export function addressOf({ request, req }: Addressed, addressHeader: string | undefined): string {
  const told = addressHeader === undefined ? null : addressFrom(request.headers, addressHeader);
  return `address ${networkOf(told ?? req?.socket?.remoteAddress ?? 'unknown')}`;
}
