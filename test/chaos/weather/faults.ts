import type { Fault } from '../../../src/twins/faults.ts';
import type { TwinServer } from '../../../src/twins/server.ts';

/** Something that befalls one source for a while. */
export interface Trouble {
  readonly name: string;
  /** Whether requests fail by it, so that a breaker has cause to open. */
  readonly fails: boolean;
  /** For so many seconds after its end what came of it may still arrive: a request that hangs, a time for which it wants to be left alone. */
  readonly lingers: number;
  /** For as long as it lasts there is nobody to be reached, or nothing but that. */
  begin(twin: TwinServer): Promise<void>;
  end(twin: TwinServer): Promise<void>;
}

/** More than the servers of these runs take. */
export const floodBytes = 3_000_000;

const json = { 'content-type': 'application/json' };
const reply = (status: number, headers: Readonly<Record<string, string>>, body: string): Fault => ({
  kind: 'reply',
  status,
  headers,
  body,
});

const always = (name: string, fails: boolean, fault: Fault, lingers = 1.2): Trouble => ({
  name,
  fails,
  lingers,
  begin: async ({ faults }) => faults.add({ fault }),
  end: async ({ faults }) => faults.clear(),
});

const away = (name: string): Trouble => ({
  name,
  fails: true,
  lingers: 1.2,
  begin: (twin) => twin.shut(),
  end: (twin) => twin.reopen(),
});

/** As two requests of three meet it: neither wholly gone nor to be relied upon. */
const mostly = (name: string, fault: Fault): Trouble => ({
  name,
  fails: true,
  lingers: 1.2,
  begin: async ({ faults }) => {
    for (let round = 0; round < 2_000; round += 1) faults.add({ times: 2, fault }, { times: 1, fault: { kind: 'delay', ms: 1 } });
  },
  end: async ({ faults }) => faults.clear(),
});

const page = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

export const troubles = {
  delay: always('delay', false, { kind: 'delay', ms: 250 }),
  hang: always('hang', true, { kind: 'hang' }, 2.5),
  reset: always('reset', true, { kind: 'reset' }),
  refuse: away('refuse'),
  // The same for much longer.
  gone: away('gone'),
  busy: always('429', false, reply(429, json, '{"message":"slow down"}')),
  'busy for 2 s': always(
    '429 with Retry-After',
    false,
    reply(429, { ...json, 'retry-after': '2' }, '{"message":"slow down"}'),
    2.5,
  ),
  fails: always('500', true, reply(500, json, '{"message":"x","detail":"x","status":500,"data":"x","time":1}')),
  'bad gateway': mostly('502', reply(502, { 'content-type': 'text/html' }, page)),
  page: always('a page', true, reply(200, { 'content-type': 'text/html' }, page)),
  nonsense: always('nonsense', true, reply(200, json, '{"status":200,"data":true,"time":1,"id":null}')),
  cut: always('cut', true, { kind: 'cut', share: 0.6 }),
  flood: always('flood', false, { kind: 'flood', bytes: floodBytes }),
} as const satisfies Readonly<Record<string, Trouble>>;

export type TroubleName = keyof typeof troubles;
