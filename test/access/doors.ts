import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rollcall } from '../app/rollcall.ts';

/** An answer with all that a client sees of it. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
}

/** Asks who the caller is, and keeps the whole answer. */
export async function askWhole(
  { app }: Rollcall,
  headers: Readonly<Record<string, string>>,
  body = viewerBody,
): Promise<WholeAnswer> {
  const response = await app.fetch(
    new Request('http://rollcall.test/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }),
  );
  return { status: response.status, headers: [...response.headers], text: await response.text() };
}

export const viewerQuery = '{ viewer { kind name scopes expiresAt } }';
const viewerBody = JSON.stringify({ query: viewerQuery });

/** What everybody is told whose key or token is no good. */
export const notSignedIn =
  '{"errors":[{"message":"Not signed in: the key or token is not accepted.","extensions":{"code":"UNAUTHENTICATED"}}]}';

/** A folder for one test, gone with it. */
export interface Folder extends AsyncDisposable {
  path(name: string): string;
  write(name: string, text: string): Promise<string>;
}

export async function createFolder(): Promise<Folder> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-access-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write: async (name, text) => {
      await writeFile(path(name), text);
      return path(name);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
