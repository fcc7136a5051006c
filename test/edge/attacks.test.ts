import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Attack } from './attack.ts';
import { type AttackedServer, type Spent, startAttackedServer } from './attacked-server.ts';
import { bodies } from './attacks-bodies.ts';
import { documents } from './attacks-documents.ts';
import { requests } from './attacks-requests.ts';

const rows: ({ readonly attack: string; readonly status: number; readonly code: string } & Spent)[] = [];

let server: AttackedServer;

beforeAll(async () => {
  server = await startAttackedServer({ introspection: false, suggestions: false, requestDeadlineMs: 500 });
  // What is measured shall not be the compiling of the server's own code.
  for (let i = 0; i < 100; i += 1) await server.post('{"query":"{ viewer { kind scopes } sources { id } }"}');
  for (let i = 0; i < 20; i += 1) await server.post(`{"query":"{ ${'a: __typename '.repeat(500)} "}`);
}, 30_000);

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  console.info(table());
});

const asked = (): number => {
  const { horde, mcsManager, openWebUI } = server.community;
  const twins = [horde, mcsManager, openWebUI];
  const count = twins.reduce((sum, twin) => sum + twin.requests.length, 0);
  for (const twin of twins) twin.forget();
  return count;
};

const refuses = async ({ name, status, code, send }: Attack): Promise<void> => {
  const { result, spent } = await server.measure(() => send(server));

  rows.push({ attack: name, status: result.status, code: String(result.codes[0] ?? ''), ...spent });
  expect(result.text).not.toContain('INTERNAL_SERVER_ERROR');
  expect({ status: result.status, codes: result.codes }).toEqual({ status, codes: code === null ? [] : [code] });
  expect(asked()).toBe(0);
  // Many times what is measured on a slow machine, and far below what would be felt.
  expect(spent.cpuMs).toBeLessThan(2_000);
  expect(spent.megabytes).toBeLessThan(150);
  const after = await server.post('{"query":"{ viewer { kind } }"}');
  expect(after).toMatchObject({ status: 200, text: '{"data":{"viewer":{"kind":"ANONYMOUS"}}}' });
};

describe('documents', () => {
  for (const attack of documents) test(attack.name, () => refuses(attack));
});

describe('bodies', () => {
  for (const attack of bodies) test(attack.name, () => refuses(attack));
});

describe('requests', () => {
  for (const attack of requests) test(attack.name, () => refuses(attack));
});

function table(): string {
  const line = ({ attack, status, code, ms, cpuMs, megabytes }: (typeof rows)[number]): string =>
    [attack.padEnd(48), status, code.padEnd(28), ...[ms, cpuMs, megabytes].map((each) => each.toFixed(1).padStart(8))].join(' ');
  return [`${'attack'.padEnd(81)}       ms   cpu ms       MB`, ...rows.map(line)].join('\n');
}
