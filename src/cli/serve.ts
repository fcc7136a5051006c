import { createServer } from 'node:http';
import { flushCompileCache } from 'node:module';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { whyNotServe } from '../access/exposure.ts';
import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import { refuseExpectations } from '../edge/expectations.ts';
import { onlyLocalNames } from '../edge/local-names.ts';
import { isLoopback } from '../edge/loopback.ts';
import type { Refusing } from '../edge/refusing.ts';
import { serverLimits } from '../edge/server-limits.ts';
import type { CommandOptions } from './commands.ts';
import { readConfigurationOrTwins } from './configuration.ts';
import { isListenError, tellListenError } from './listen-error.ts';
import { stopSignal } from './signals.ts';
import { type Stoppable, stoppable } from './stopping.ts';

/** `rollcall serve`: listens until told to stop, then lets operations under way finish. */
export async function serve(options: CommandOptions): Promise<number> {
  const stopped = stopSignal();
  const { config, community } = await readConfigurationOrTwins(options);
  try {
    const refusal = whyNotServe(config.server.host, config.access);
    if (refusal === null) return await serveUntil(stopped, config, community !== undefined);
    process.stderr.write(`${refusal}\n`);
    return 1;
  } finally {
    await community?.close();
  }
}

async function serveUntil(stopped: Promise<NodeJS.Signals>, config: Config, overTwins: boolean): Promise<number> {
  const refusing: Refusing = (handle, refuse) =>
    refuseExpectations(isOpenToThisMachine(config) ? onlyLocalNames(handle, refuse) : handle, refuse);
  const { host, port } = config.server;
  // The port first: who cannot have it takes nothing else, such as the journal, from the process that has.
  const listening = await listen(host, port, config.edge.requestDeadlineMs).catch((error: unknown) => {
    if (!isListenError(error)) throw error;
    process.stderr.write(`${tellListenError(error, host, port)}\n`);
    return null;
  });
  if (listening === null) return 1;
  const { server, stop } = listening;
  try {
    // Made in the turn in which the server listens, so that no request comes before it.
    const app = createApp(config, { refusing });
    try {
      server.on('request', app.handle);
      // Without a listener Node answers by itself, and knows nothing of stopping.
      server.on('checkExpectation', app.handle);
      // Else it is written as the process ends, and one that is killed would compile all of it the next time, too.
      flushCompileCache();
      tellV8HowServersLive();
      // A listening TCP server has an AddressInfo; only pipes have a string.
      const at = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
      app.log.info({ graphql: `${at}/graphql`, sources: config.sources.map(({ id }) => id), twins: overTwins }, 'serving');
      if (process.stderr.isTTY) process.stderr.write(`\n  Rollcall serves ${at}/graphql\n\n`);
      const signal = await stopped;
      app.log.info({ signal }, 'stopping');
      app.stopping();
      await stop(app.log);
      return 0;
    } finally {
      await app.close();
    }
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Only now: what was compiled before is good for the flags with which it was, Node's own modules among it. */
function tellV8HowServersLive(): void {
  // What the garbage collector comes upon half made V8 takes for something that lasts, and makes all of its kind among the old objects
  // from then on. Here it is over in a moment, and would hold on to all that it names until the old are looked through.
  setFlagsFromString('--no-allocation-site-pretenuring');
  // After a minute or two without operations V8 collects so thoroughly that the shapes of objects go of which there is none just now,
  // and all compiled code that reckoned with them: the next thousands of operations took two to four times as long.
  setFlagsFromString('--no-memory-reducer-favors-memory');
}

/** Where anybody on this machine may do things without a key, nobody else must get in through their browser. */
const isOpenToThisMachine = ({ server, access }: Config): boolean => isLoopback(server.host) && access.anonymous.length > 0;

function listen(host: string, port: number, requestDeadlineMs: number): Promise<Stoppable> {
  const server = createServer(serverLimits(requestDeadlineMs));
  const listening = stoppable(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(listening));
  });
}
