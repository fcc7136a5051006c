import type { Writes } from '../../src/domain/writes.ts';
import { castHere } from '../../src/twins/openwebui/cast-accounts.ts';
import { type OpenWebUITwin, type OpenWebUITwinOptions, openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { carryOut } from '../../src/writing/carrying-out.ts';
import type { Write, WriteOutcome } from '../../src/writing/change.ts';
import { openSource } from './openwebui-session.ts';

/** A twin, and the source's writes on it. */
export interface Writing extends AsyncDisposable {
  readonly twin: OpenWebUITwin;
  /** With the primary administrator's key as the service's; `as` brings a credential of the caller's own. */
  write<Name extends keyof Writes>(name: Name, input: Writes[Name], how?: How): Promise<WriteOutcome>;
  make<Name extends keyof Writes>(name: Name, input: Writes[Name], how?: How): Write;
}

export interface How {
  readonly as?: string | undefined;
  /** The service's key, where it is another than the primary administrator's. */
  readonly service?: string;
  readonly dryRun?: boolean;
}

export const idOf = (alias: string): string => castHere.find((member) => member.alias === alias)?.id ?? '';

export async function startWriting(options: OpenWebUITwinOptions = {}, deadlineMs = 5_000): Promise<Writing> {
  const twin = await openWebUITwin(options);
  const opened = openSource(twin.url, { http: { deadlineMs } });
  const make: Writing['make'] = (name, input, { as, service = twin.keys.admin } = {}) => {
    const credential =
      as === undefined
        ? ({ class: 'service', key: service } as const)
        : ({ class: 'caller', key: as, holder: 'a holder of a key' } as const);
    const writer = opened.open(credential).writes?.()[name];
    if (writer === undefined) throw new Error(`nothing writes ${name}`);
    return writer(input);
  };
  return {
    twin,
    make,
    write: async (name, input, how = {}) => {
      const written = make(name, input, how);
      return carryOut(written, {
        source: 'webui',
        dryRun: how.dryRun ?? false,
        resumed: false,
        repeatKey: undefined,
        beforeSending: async () => undefined,
        wasSent: () => written.wasSent?.() ?? true,
        status: () => written.status?.() ?? null,
        onBug: (error) => {
          throw error;
        },
      });
    },
    [Symbol.asyncDispose]: async () => {
      await opened[Symbol.asyncDispose]();
      await twin.close();
    },
  };
}

/** Field → verdict, and the kinds of problems. */
export const summary = ({ fields, problems, sent }: WriteOutcome) => ({
  sent,
  fields: Object.fromEntries(fields.map(({ name, verdict }) => [name, verdict])),
  problems: problems.map(({ kind }) => kind),
});

export const tokenOf = (twin: OpenWebUITwin, alias: string): string => twin.keys.tokenOf(idOf(alias)) ?? '';

/** What reached the twin and was no mere reading. The list of a group's members is asked for with a POST. */
export const changesSent = (twin: OpenWebUITwin): string[] =>
  twin.requests
    .filter(({ method, path }) => method !== 'GET' && !/\/groups\/id\/[^/]+\/users$/.test(path))
    .map(({ method, path }) => `${method} ${path}`);

export const userIn = (twin: OpenWebUITwin, alias: string) => {
  const user = twin.world.users.get(idOf(alias));
  if (user === undefined) throw new Error(`nobody in this world is called ${alias}`);
  return user;
};
