import { z } from 'zod';
import { ifMissing } from '../config-faults.ts';
import { sourceIdPattern } from '../domain/user.ts';
import { isLoopback } from '../edge/loopback.ts';

/** Only those whose verifying key cannot sign. With a shared secret, whoever can check a token could make one. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
] as const;

/** Where the keys are that sign tokens. */
export type JwksPlace = { readonly at: 'address'; readonly url: URL } | { readonly at: 'file'; readonly path: string };

const Jwks = z
  .string({ error: ifMissing('where the keys are that sign tokens: an https address or the path of a file') })
  .min(1)
  .transform((text, context): JwksPlace => {
    if (!/^https?:/i.test(text)) return { at: 'file', path: text };
    const url = URL.parse(text);
    // Whoever can change the answer on its way can make tokens.
    if (url !== null && (url.protocol === 'https:' || isLoopback(url.hostname.replace(/^\[|\]$/g, ''))))
      return { at: 'address', url };
    context.addIssue({ code: 'custom', message: 'must be an https address or the path of a file; http only on loopback' });
    return z.NEVER;
  });

/** A claim that holds account ids, or with a source, native ids there: one or a list of them. */
const AccountClaim = z.strictObject({
  claim: z.string().min(1),
  source: z.string().regex(sourceIdPattern, 'must be the id of a source').optional(),
});

export const JwtShape = z.strictObject({
  issuer: z.string({ error: ifMissing('who makes the tokens, as their `iss` says it') }).min(1),
  audience: z
    .union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
      error: (issue) =>
        ifMissing('for whom the tokens are made, as their `aud` says it')(issue) ?? 'must be a text or a list of texts',
    })
    .transform((audience) => [audience].flat()),
  jwks: Jwks,
  algorithms: z.array(z.enum(algorithms)).min(1).default(['RS256', 'ES256', 'EdDSA']),
  /** Holds scopes as a text with spaces between, or as a list. Words that are no scope of Rollcall's are passed over. */
  scopesClaim: z.string().min(1).default('scope'),
  accounts: z
    .union([AccountClaim, z.array(AccountClaim)], { error: 'must be {claim} or {claim, source}, or a list of these' })
    .transform((claims) => [claims].flat())
    .default([]),
  clockToleranceSeconds: z.int().min(0).max(300).default(30),
});

export type JwtSettings = z.output<typeof JwtShape>;
