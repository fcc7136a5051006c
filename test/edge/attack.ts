import type { AttackedServer, Reply } from './attacked-server.ts';

/** Something that is refused before anything of it is asked of a source. */
export interface Attack {
  readonly name: string;
  readonly status: number;
  /** The code in the answer; null where Node itself answers, where the connection ends, and where there is nothing to refuse. */
  readonly code: string | null;
  send(server: AttackedServer): Promise<Reply>;
}

export const toBody = (query: string, variables?: unknown): string => JSON.stringify({ query, variables });

/** The head of a request as it goes over the wire. */
export const postHead = (...lines: readonly string[]): string => `${[...usual, ...lines].join('\r\n')}\r\n\r\n`;

const usual = [
  'POST /graphql HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: close',
  'Accept: application/graphql-response+json',
  'Content-Type: application/json',
];

export const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** What would be served if it came as it should. */
export const viewer = toBody('{ viewer { kind } }');
export const ban = 'mutation { banUser(input: { id: "horde:103" }) { dryRun } }';
