import { z } from 'zod';

export const DebugSettings = z.strictObject({
  /** Whether answers may tell, to those who ask for it, what was asked of the sources and why. Not said: on loopback, beside GraphiQL. */
  plan: z.boolean().optional(),
});

export interface ResolvedDebug {
  readonly plan: boolean;
}

/** Only on one's own machine can everybody who gets an answer be trusted with how it came about. */
export function resolveDebug({ plan }: z.output<typeof DebugSettings>, atHome: boolean, graphiql: boolean): ResolvedDebug {
  return { plan: plan ?? (atHome && graphiql) };
}

/** `x-rollcall-debug: plan`. An operation that says so has an answer of its own, and none that others could share. */
export const wantsPlan = (headers: { get(name: string): string | null }): boolean =>
  (headers.get('x-rollcall-debug') ?? '').split(',').some((word) => word.trim() === 'plan');
