import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignatureSettings } from './subgraph-settings.ts';

/** The header with a router's signature: `t=<seconds since 1970>,v1=<HMAC-SHA256 of "<t>.<body>", in hex>`. */
export const signatureHeader = 'x-rollcall-signature';

/** What a router writes into the header. */
export function signBody(body: string, secret: string, now = Date.now()): string {
  const seconds = Math.floor(now / 1_000);
  return `t=${seconds},v1=${digest(seconds, body, secret).toString('hex')}`;
}

/** Whether the body was signed with the secret, and lately. */
export function isSigned(body: string, header: string | null, settings: SignatureSettings, now = Date.now()): boolean {
  const [, time, shown] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header ?? '') ?? [];
  if (time === undefined || shown === undefined) return false;
  const isGood = timingSafeEqual(Buffer.from(shown, 'hex'), digest(Number(time), body, settings.secret));
  // Clocks differ both ways.
  return isGood && Math.abs(now / 1_000 - Number(time)) <= settings.maxAgeSeconds;
}

const digest = (seconds: number, body: string, secret: string): Buffer =>
  createHmac('sha256', secret).update(`${seconds}.${body}`).digest();
