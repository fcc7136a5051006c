import type { Community } from '../../src/twins/community.ts';
import type { Fault } from '../../src/twins/faults.ts';
import type { DrawnFault, FaultKind } from './drawn-faults.ts';
import { panel } from './fault-tables.ts';
import type { LateDoor } from './late-door.ts';
import { reply } from './leaks.ts';
import type { Twins } from './rollcall.ts';

export type TwinName = keyof Twins;
export const twinNames = ['horde', 'mcsManager', 'openWebUI'] as const satisfies readonly TwinName[];

/** Milliseconds that Rollcall waits for a source, and that a late one lets it wait. */
export const deadlineMs = 2_500;
const lateMs = deadlineMs + 150;

/** Counts what strikes, and knows when the last late request has been dealt with. */
export interface FaultWatch {
  readonly struck: number;
  lay(twin: TwinName, fault: DrawnFault): void;
  /** Takes away what did not strike, and waits for what is late. */
  settle(): Promise<void>;
}

export function watchFaults(community: Community, doors: Readonly<Record<TwinName, LateDoor>>): FaultWatch {
  let struck = 0;
  for (const name of twinNames) {
    const { faults } = community[name];
    const take = faults.take.bind(faults);
    faults.take = (method, path) => {
      const fault = take(method, path);
      if (fault !== undefined) struck += 1;
      return fault;
    };
  }
  return {
    get struck() {
      return struck;
    },
    lay: (twin, { kind, strikes, after, times }) => {
      if (kind === 'late')
        return doors[twin].hold(isWrite, lateMs, () => {
          struck += 1;
        });
      const fault = faultOf(twin, kind);
      for (const method of strikes === 'write' ? ['POST', 'PUT', 'DELETE'] : ['GET']) {
        community[twin].faults.add({ method, path: unlessListing, after, times, fault });
      }
    },
    settle: async () => {
      for (const name of twinNames) {
        community[name].faults.clear();
        await doors[name].release();
      }
    },
  };
}

export const isWrite = (method: string, path: string): boolean => method !== 'GET' && unlessListing.test(path);

/** What asks for the members of a group is a POST and changes nothing. */
const unlessListing = /^(?!.*\/groups\/id\/[^/]+\/users$)/;

function faultOf(twin: TwinName, kind: Exclude<FaultKind, 'late'>): Fault {
  switch (kind) {
    case 'fails':
      return {
        horde: reply(500, json, '{"message":"x","rc":"Unknown"}'),
        mcsManager: panel(500),
        openWebUI: reply(500, text, 'x'),
      }[twin];
    case 'busy':
      // For a second, which is the least: what is asked next is about something else.
      return reply(429, { ...json, 'retry-after': '0' }, '{}');
    case 'refuses':
      return {
        horde: reply(403, json, '{"message":"x","rc":"NotModerator"}'),
        mcsManager: panel(403, text),
        openWebUI: reply(401, json, '{"detail":"x"}'),
      }[twin];
    case 'lies':
      return reply(200, json, twin === 'mcsManager' ? '{"status":200,"data":true,"time":1}' : '{}');
    case 'lost':
      return { kind: 'cut', share: 0.5 };
    case 'reset':
      return { kind: 'reset' };
  }
}

const json = { 'content-type': 'application/json' };
const text = { 'content-type': 'text/plain; charset=utf-8' };
