import type { Credential } from '../../src/access/credential.ts';
import { createHttpClient, type HttpSettings } from '../../src/http/client.ts';
import type { AccountRecord, Source, SourceSession } from '../../src/sources/contract.ts';
import { horde } from '../../src/sources/horde/index.ts';
import { startTwinServer, type TwinReply, type TwinServer } from '../../src/twins/server.ts';

export interface OpenedHorde extends AsyncDisposable {
  readonly source: Source;
  readonly session: SourceSession;
  /** One named read of the session for one id. */
  read(name: string, id: string): Promise<AccountRecord | null>;
}

export interface OpenOptions {
  readonly key?: string;
  readonly signal?: AbortSignal;
  readonly http?: Partial<HttpSettings>;
}

/** A session of the source `horde` at this address, where `/api` is expected to be. */
export function openHorde(url: string, { key, signal, http }: OpenOptions = {}): OpenedHorde {
  const settings = horde.settings.parse({ url: `${url}/api`, clientAgent: 'rollcall-tests:1:nobody' });
  const client = createHttpClient(
    'horde',
    {
      ...horde.address(settings),
      deadlineMs: 5_000,
      connectMs: 1_000,
      maxBytes: 1_000_000,
      concurrency: 8,
      ...http,
    },
    { limits: horde.limits ?? {} },
  );
  const source = horde.connect('horde', settings, client);
  const credential: Credential = key === undefined ? { class: 'none' } : { class: 'caller', key, holder: 'a test' };
  const session = source.open({ credential, signal });
  return {
    source,
    session,
    read: async (name, id) => {
      const read = session.reads.find((candidate) => candidate.name === name);
      if (read?.shape !== 'point') throw new Error(`no point read is called ${name}`);
      return read.read(id);
    },
    [Symbol.asyncDispose]: () => source.close(),
  };
}

/** A server that gives every request the same answer: text as it is, anything else as JSON. */
export function alwaysAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Promise<TwinServer> {
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  const reply: TwinReply = {
    status,
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : `${JSON.stringify(body)}\n`,
  };
  return startTwinServer(() => reply);
}

/** A public view of one user, with whatever the test wants otherwise. */
export function hordeUser(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    username: 'mia#42',
    id: 42,
    kudos: 1234,
    concurrency: 30,
    worker_invited: 0,
    moderator: false,
    kudos_details: {
      accumulated: 1000,
      gifted: -20,
      donated: -1,
      admin: 5,
      received: 40,
      recurring: 200,
      awarded: 6,
      styled: 4,
    },
    worker_count: 2,
    styles: [{ type: 'image', name: 'mia#42::style::soft', id: '0b6d3c62-0a0f-4d1b-8f27-3f8f3d2f7a01' }],
    trusted: false,
    flagged: false,
    service: false,
    education: false,
    customizer: false,
    deleted: false,
    pseudonymous: false,
    account_age: 86_400,
    usage: { megapixelsteps: null, requests: null },
    contributions: { megapixelsteps: null, fulfillments: null },
    records: {
      usage: { megapixelsteps: 1.5, tokens: 20 },
      contribution: { megapixelsteps: 0, tokens: 0 },
      fulfillment: { image: 0, text: 0, interrogation: 0 },
      request: { image: 3, text: 1, interrogation: 0 },
      style: { image: 0, text: 0, interrogation: 0 },
    },
    ...changes,
  };
}

/** What the Horde adds for the owner; `evaluating_kudos` and the like on top make it a moderator's view. */
export const ownerFields = {
  worker_ids: ['7f0e0c6e-4c0e-4f43-9a0c-0a51d8f5a001', '7f0e0c6e-4c0e-4f43-9a0c-0a51d8f5a002'],
  sharedkey_ids: ['5b1d4f1a-6a52-4a5e-8f33-0c7f2f3bb001'],
  vpn: false,
  special: true,
};

export const moderatorFields = { ...ownerFields, evaluating_kudos: 12, suspicious: 1, monthly_kudos: { amount: 300_000 } };
