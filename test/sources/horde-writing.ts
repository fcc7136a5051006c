import type { WriteName, Writes } from '../../src/domain/writes.ts';
import { type HordeTwin, type HordeTwinOptions, hordeTwin } from '../../src/twins/horde/index.ts';
import type { HordeUser } from '../../src/twins/horde/records.ts';
import { carryOut } from '../../src/writing/carrying-out.ts';
import type { WriteOutcome } from '../../src/writing/change.ts';
import { InvalidInputError } from '../../src/writing/refusals.ts';
import { type OpenedHorde, openHorde } from './horde-session.ts';

export interface WritingOptions {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly repeatKey?: string;
  readonly resumed?: boolean;
}

/** A twin and one source over it, which lives as long as a Rollcall's does. */
export interface WritableHorde extends HordeTwin {
  readonly opened: OpenedHorde;
}

export async function writableHorde(options: HordeTwinOptions = {}): Promise<WritableHorde> {
  const twin = await hordeTwin(options);
  const opened = openHorde(twin.url, { http: { deadlineMs: 1_000 } });
  const close = async (): Promise<void> => {
    await opened[Symbol.asyncDispose]();
    await twin.close();
  };
  return { ...twin, opened, close, [Symbol.asyncDispose]: close };
}

/** Carries out one write with a session of its own, as the graph does. Without a key: with the moderator's. */
export async function write<Name extends WriteName>(
  twin: WritableHorde,
  name: Name,
  input: Writes[Name],
  options: WritingOptions = {},
): Promise<WriteOutcome> {
  const { key = twin.keys.moderator, dryRun = false, resumed = false, repeatKey } = options;
  const session = twin.opened.source.open({ credential: { class: 'caller', key, holder: 'a test' }, signal: undefined });
  const writer = session.writes?.()[name];
  if (writer === undefined) throw new Error(`the Horde has no write called ${name}`);
  const beforeSending = async (): Promise<void> => undefined;
  const onBug = (error: unknown): never => {
    throw error;
  };
  const written = writer(input);
  const wasSent = (): boolean => written.wasSent?.() ?? true;
  const status = (): number | null => written.status?.() ?? null;
  return carryOut(written, { source: 'horde', dryRun, resumed, repeatKey, beforeSending, wasSent, status, onBug });
}

/** The faults of an input that is refused while the write is made. */
export async function faultsOf<Name extends WriteName>(twin: WritableHorde, name: Name, input: Writes[Name]): Promise<string[]> {
  try {
    await write(twin, name, input);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.faults.map(({ field, message }) => `${field}: ${message}`);
    throw error;
  }
  return [];
}

export const verdicts = ({ fields }: WriteOutcome): Record<string, string> =>
  Object.fromEntries(fields.map(({ name, verdict }) => [name, verdict]));

export const kinds = ({ problems }: WriteOutcome): string[] => problems.map(({ kind }) => kind);

export function userOf(twin: HordeTwin, id: number): HordeUser {
  const user = twin.world.users.get(id);
  if (!user) throw new Error(`no user ${id}`);
  return user;
}

/** What reached the twin that may have changed something. */
export const sendings = (twin: HordeTwin): string[] =>
  twin.requests.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path.slice('/api/v2'.length)}`);
