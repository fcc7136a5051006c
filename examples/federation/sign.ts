import { createHmac } from 'node:crypto';

/** The header by which Rollcall knows its router; `edge.subgraph.signature.secret` has the same secret. */
export function signature(body: string, secret: string): { readonly 'x-rollcall-signature': string } {
  const seconds = Math.floor(Date.now() / 1_000);
  const digest = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return { 'x-rollcall-signature': `t=${seconds},v1=${digest}` };
}
