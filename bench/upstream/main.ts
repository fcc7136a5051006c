// A process of its own: `node bench/upstream/main.ts <users>`, spoken to by messages.
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { z } from 'zod';
import { startCommunity } from '../../src/twins/community.ts';
import type { Counted, Population, Ready, ToReplayer } from './messages.ts';
import { recordingsOf } from './recordings.ts';
import { replayer } from './replaying.ts';

const size = Number(process.argv[2]);
/** The time that it is for the twins, and stays. */
const started = new Date();
const now = (): number => started.getTime();
const community = await startCommunity({
  size,
  horde: { limits: false, shiftTies: false, now },
  openWebUI: { limits: false, order: 'insertion', now },
});
let latencyMs = 0;
const recordings = { horde: recordingsOf(community.horde.url, started), webui: recordingsOf(community.openWebUI.url, started) };
const replayers = {
  horde: replayer(recordings.horde, () => latencyMs),
  webui: replayer(recordings.webui, () => latencyMs),
};
const hordeKey = community.horde.keys.moderator;
const webuiKey = community.openWebUI.keys.admin;

process.on('message', (message: ToReplayer) => void obey(message));
process.on('disconnect', () => process.exit(0));
say({
  kind: 'ready',
  sources: {
    horde: { url: `${await listen(replayers.horde.server)}/api`, key: hordeKey },
    webui: { url: await listen(replayers.webui.server), key: webuiKey },
  },
  population: await population(),
});

async function obey(message: ToReplayer): Promise<void> {
  if (message.kind === 'latency') latencyMs = message.ms;
  if (message.kind === 'count') {
    const all = Object.values(replayers);
    say({
      kind: 'counted',
      requests: sum(all.map((each) => each.requests())),
      unrecorded: sum(all.map((each) => each.unrecorded())),
    });
  }
  if (message.kind === 'freeze') {
    for (const each of Object.values(recordings)) each.end();
    await community.close();
  }
}

function say(message: Ready | Counted): void {
  process.send?.(message);
}

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an AddressInfo; only pipes have a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function population(): Promise<Population> {
  const horde: number[] = [];
  const pages = Math.ceil(size / 25);
  for (let page = 1; page <= pages; page++) {
    const answer = await fetch(`${community.horde.apiUrl}/v2/users?page=${page}&sort=age`);
    horde.push(
      ...z
        .array(z.object({ id: z.number() }))
        .parse(await answer.json())
        .map(({ id }) => id),
    );
  }
  const answer = await fetch(`${community.openWebUI.apiUrl}/api/v1/users/all`, {
    headers: { authorization: `Bearer ${webuiKey}` },
  });
  const { users } = z
    .object({ users: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })) })
    .parse(await answer.json());
  return { horde, webui: users };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
