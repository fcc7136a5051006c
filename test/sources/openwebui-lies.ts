import type { OpenWebUITwin } from '../../src/twins/openwebui/index.ts';
import type { Release } from '../../src/twins/openwebui/releases.ts';
import type { Problem, WriteOutcome } from '../../src/writing/change.ts';
import type { Question } from '../fixtures/open-webui/ask.ts';
import { type How, idOf, type summary, tokenOf, type Writing } from './openwebui-writing.ts';

export const releases = ['0.6.42', '0.11.0', '0.12.4'] as const;
type Tested = (typeof releases)[number];

type Asked = readonly [path: string, question: Question];

/** What the server says when asked without Rollcall; what Rollcall says instead; what is true on the server after that. */
export interface Lie {
  readonly lie: string;
  readonly only?: readonly Tested[];
  readonly asked: Asked | ((release: Release) => Asked);
  /** Whose token; the primary administrator's unless told. */
  readonly as?: string;
  readonly status: number | ((release: Release) => number);
  /** What the server has made of it, where that is the point. */
  readonly harm?: readonly [what: (twin: OpenWebUITwin) => unknown, is: unknown];
  readonly write: (writing: Writing) => Promise<WriteOutcome>;
  readonly told: ReturnType<typeof summary>;
  readonly truth: readonly [what: (twin: OpenWebUITwin) => unknown, is: unknown];
}

export const api = '/api/v1';
export const nobody = '00000000-0000-4000-8000-00000000dead';
export const bao = idOf('bao');
export const refused = (kind: Problem['kind'], field = 'deleted'): Lie['told'] => ({
  sent: false,
  fields: { [field]: 'NOT_SENT' },
  problems: [kind],
});
/** With the caller's own token. */
export const own =
  (alias: string) =>
  ({ twin }: Writing): How => ({ as: tokenOf(twin, alias) });
