import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Community, startCommunity } from '../../src/twins/community.ts';
import { addressOf, type RollcallProcess, start } from '../cli/rollcall-process.ts';
import { killedWrites } from './killed-writes.ts';
import { type Moment, openStoppingDoor, type StoppingDoor } from './stopping-door.ts';

/** The twins, a door before each write's source, and a folder in which one process after the other keeps its journal and audit. */
export interface Place extends AsyncDisposable {
  readonly community: Community;
  door(name: string): StoppingDoor;
  start(): Promise<RollcallProcess>;
  /** Sends all writes under one key, and gives what each is told. */
  writeAll(process: RollcallProcess, which?: 'as before' | 'otherwise'): Promise<Record<string, string>>;
  /** The same, but for nothing: killed by kill -9 when each of them has come that far. */
  killAt(moment: Moment): Promise<void>;
  /** Journal and audit, as they are on the disk. */
  kept(): Promise<string>;
}

export async function startPlace(): Promise<Place> {
  const community = await startCommunity({ size: 12, horde: { limits: false }, mcsManager: { hashMs: 0, rateLimits: false } });
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-killed-'));
  const twins = {
    AI_HORDE: { url: community.horde.apiUrl, apiKey: community.horde.keys.moderator },
    MCS_MANAGER: { url: community.mcsManager.apiUrl, apiKey: community.mcsManager.keys.admin },
    OPEN_WEBUI: { url: community.openWebUI.apiUrl, apiKey: community.openWebUI.keys.admin },
  };
  const doors = new Map<string, StoppingDoor>();
  for (const [name, { kind }] of Object.entries(killedWrites)) doors.set(name, await openStoppingDoor(twins[kind].url));
  const config = {
    server: { port: 0 },
    writes: { journal: join(folder, 'journal') },
    audit: { file: join(folder, 'audit') },
    sources: Object.entries(killedWrites).map(([id, { kind, serviceKey }]) => ({
      id,
      kind,
      url: doors.get(id)?.url,
      apiKey: serviceKey?.(community) ?? twins[kind].apiKey,
      quota: { enabled: false },
    })),
  };

  const place: Place = {
    community,
    door: (name) => doors.get(name) ?? fail(name),
    start: () => start(['serve'], { files: { 'rollcall.yaml': JSON.stringify(config) } }),
    writeAll: async (process, which = 'as before') => {
      const address = await addressOf(process);
      const told = Object.keys(killedWrites).map(async (name) => [name, await write(address, name, community, which)]);
      return Object.fromEntries(await Promise.all(told));
    },
    killAt: async (moment) => {
      await using process = await place.start();
      await addressOf(process);
      const standing = [...doors.values()].map((door) => door.stopAt(moment));
      const unanswered = place.writeAll(process).then(
        (told) => fail(`it did not stop at ${moment}: ${JSON.stringify(told)}`),
        () => undefined,
      );
      await Promise.race([Promise.all(standing), unanswered]);
      process.signal('SIGKILL');
      await process.exited;
      await unanswered;
      for (const door of doors.values()) door.open();
    },
    kept: async () => {
      const files = ['journal', 'audit'].map((name) => readFile(join(folder, name), 'utf8').catch(() => ''));
      return (await Promise.all(files)).join('');
    },
    [Symbol.asyncDispose]: async () => {
      for (const door of doors.values()) await door[Symbol.asyncDispose]();
      await community.close();
      await rm(folder, { recursive: true });
    },
  };
  return place;
}

async function write(address: string, name: string, community: Community, which: string): Promise<string> {
  const { mutation, input, other, ownKey } = killedWrites[name] ?? fail(name);
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!`;
  const place = { ...('id' in input(name) ? {} : { source: name }) };
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(ownKey === undefined ? {} : { [`x-source-key-${name}`]: ownKey(community) }),
    },
    body: JSON.stringify({
      query: `mutation ($input: ${type}) { told: ${mutation}(input: $input) { fields { name verdict } errors { __typename } } }`,
      variables: { input: { ...place, ...input(name), ...(which === 'otherwise' ? other : {}), idempotencyKey: 'once' } },
    }),
  });
  const { data, errors }: Answer = await response.json();
  if (data == null || errors !== undefined) throw new Error(`${name}: ${JSON.stringify(errors)}`);
  const { told } = data;
  const verdicts = told.fields.map(({ name: field, verdict }) => `${field} ${verdict}`).join(', ');
  return [verdicts, ...told.errors.map(({ __typename }) => __typename)].join('; ');
}

interface Answer {
  readonly data?: {
    readonly told: {
      readonly fields: readonly { readonly name: string; readonly verdict: string }[];
      readonly errors: readonly { readonly __typename: string }[];
    };
  } | null;
  readonly errors?: unknown;
}

function fail(why: string): never {
  throw new Error(why);
}
