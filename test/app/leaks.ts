import { expect } from 'vitest';
import type { Fault } from '../../src/twins/faults.ts';
import type { Answer, Rollcall } from './rollcall.ts';

/** Stands in every secret of a twin that has it for a canary, and in whatever a faulty answer says. */
export const marker = 'CANARY-upstream-sentence';

export const reply = (status: number, headers: Readonly<Record<string, string>>, body: string): Fault => ({
  kind: 'reply',
  status,
  headers,
  body,
});

/** Neither the client nor the log may see an address, a key or a sentence of a source. */
export function expectNoLeak(answer: Answer<unknown>, { logged, community }: Rollcall): void {
  const seen = [answer.text, ...logged].join('\n');
  const { horde, mcsManager, openWebUI } = community;
  const keys = [horde.keys.moderator, mcsManager.keys.admin, openWebUI.keys.admin];
  const ports = [horde, mcsManager, openWebUI].map(({ url }) => `:${new URL(url).port}`);
  const secrets = [...keys, ...ports, marker, '127.0.0.1', 'localhost', '/api', 'Internal Server Error', 'API key is not'];
  for (const secret of secrets) expect(seen).not.toContain(secret);
  expect(logged.length).toBeGreaterThan(0);
}
