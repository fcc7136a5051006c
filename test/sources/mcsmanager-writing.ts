import { pino } from 'pino';
import type { Credential } from '../../src/access/credential.ts';
import { cast } from '../../src/domain/cast.ts';
import type { Json } from '../../src/domain/facets.ts';
import type { WriteName, Writes } from '../../src/domain/writes.ts';
import type { HttpSettings } from '../../src/http/client.ts';
import type { McsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import type { WriteOutcome } from '../../src/writing/change.ts';
import { createWriteRunner } from '../../src/writing/running.ts';
import { AuditSettings, WriteSettings } from '../../src/writing/settings.ts';
import { smallTwin } from '../fixtures/mcsmanager/writing.ts';
import { openPanel } from './mcsmanager-session.ts';

/** A panel's writes, carried out by a runner as the graph has them carried out. */
export interface PanelWriting extends AsyncDisposable {
  readonly twin: McsManagerTwin;
  /** With the service's key. */
  run<Name extends WriteName>(name: Name, input: Writes[Name], more?: More): Promise<WriteOutcome>;
  readonly logged: readonly string[];
}

export interface More {
  readonly dryRun?: boolean;
  /** A key that the caller brought. */
  readonly key?: string;
}

export interface PanelWritingOptions {
  readonly twin?: Parameters<typeof smallTwin>[0];
  readonly http?: Partial<HttpSettings>;
}

export async function startPanelWriting(options: PanelWritingOptions = {}): Promise<PanelWriting> {
  const twin = await smallTwin(options.twin);
  const panel = openPanel(twin.apiUrl, options.http === undefined ? {} : { http: options.http });
  const logged: string[] = [];
  const log = pino({ level: 'trace', base: null }, { write: (line: string) => void logged.push(line) });
  const runner = createWriteRunner({ log, writes: WriteSettings.parse({}), audit: AuditSettings.parse({}) });
  return {
    twin,
    logged,
    run: async (name, input, { dryRun = false, key } = {}) => {
      const credential: Credential =
        key === undefined ? { class: 'service', key: twin.keys.admin } : { class: 'caller', key, holder: 'a test' };
      const writer = panel.source.open({ credential, signal: undefined }).writes?.()[name];
      if (writer === undefined) throw new Error(`the panel has no write called ${name}`);
      return runner.run({
        writer: { kind: 'KEY', name: 'a test', holder: null },
        source: 'panel',
        operation: name,
        // Inputs are JSON, but for fields that are not given.
        input: input as unknown as Json,
        dryRun,
        idempotencyKey: undefined,
        make: () => writer(input),
      });
    },
    [Symbol.asyncDispose]: async () => {
      await runner.close();
      await panel[Symbol.asyncDispose]();
      await twin.close();
    },
  };
}

const member = (alias: string): string => cast.find((one) => one.alias === alias)?.mcsManager ?? '';

/** Ada administers, Bao and Chidi are users, Chidi with two-factor sign-in, Hex is banned; `service` holds the service’s key. */
export const people = {
  ada: member('ada'),
  chidi: member('chidi'),
  bao: member('bao'),
  hex: member('hex'),
  nobody: '0123456789abcdef0123456789abcdef',
  service: '0adc0adc0adc4adc80adc0adc0ad0000',
} as const;

/** Methods and paths of the requests since the twin last forgot them. */
export const requestsOf = ({ requests }: McsManagerTwin): string[] =>
  requests.map(({ method, path }) => `${method} ${path.slice('/api'.length)}`);
