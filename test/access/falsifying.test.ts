import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { addressOf, logOf, start, until } from '../cli/rollcall-process.ts';
import { createFolder } from './doors.ts';

const trust = 'mutation { updateHordeUser(input: { id: "horde:106", trusted: true }) { sent } }';

/** A Rollcall that mallory may write through, as a process with its own log. */
async function startForMallory(audit: string) {
  const { key, hash } = createKey();
  const keys = [{ name: 'mallory', hash, scopes: ['read', 'write', 'write:admin'] }];
  const settings = { access: { anonymous: ['read'], keys }, audit: { file: audit } };
  const rollcall = await start(['serve'], { environment: { PORT: '0' }, files: { 'rollcall.yaml': JSON.stringify(settings) } });
  const address = await addressOf(rollcall);
  const write = async (headers: Readonly<Record<string, string>>): Promise<unknown> => {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rollcall-key': key, ...headers },
      body: JSON.stringify({ query: trust }),
    });
    return response.json();
  };
  return { rollcall, address, write };
}

const written = { caller: { kind: 'KEY', name: 'mallory' }, source: 'horde', operation: 'updateHordeUser', target: 'horde:106' };

test('who writes and where stands in the log and in the audit file, whatever they bring as keys for sources', async () => {
  await using folder = await createFolder();
  const { rollcall, write } = await startForMallory(folder.path('audit'));
  await using _ending = rollcall;

  const answer = await write({ 'x-source-key-webui': 'mallory', 'x-source-key-mcsmanager': 'horde:106' });

  expect(answer).toEqual({ data: { updateHordeUser: { sent: true } } });
  await until(rollcall, () => logOf(rollcall).find(({ msg }) => msg === 'operation'));
  expect(logOf(rollcall).slice(1)).toMatchObject([
    { msg: 'write begun', ...written },
    { msg: 'write', ...written },
    { msg: 'operation', caller: written.caller },
  ]);
  const kept = (await readFile(folder.path('audit'), 'utf8')).trim().split('\n');
  expect(kept.map((line) => JSON.parse(line))).toMatchObject([written, written]);
});

test('a stranger whose request is not there yet breaks nobody’s lines', async () => {
  await using folder = await createFolder();
  const { rollcall, address, write } = await startForMallory(folder.path('audit'));
  await using _ending = rollcall;
  const stranger = connect(Number(new URL(address).port), '127.0.0.1');
  const head = ['POST /graphql HTTP/1.1', 'host: 127.0.0.1', 'content-type: application/json', 'content-length: 90'];
  // Who takes HTML is recognised before the body has come.
  const rest = ['accept: text/html', 'x-source-key-webui: "time":', 'x-source-key-horde: "level":"info"'];
  stranger.write(`${[...head, ...rest].join('\r\n')}\r\n\r\n{"query"`);
  // Its headers are read before the next one's.
  await new Promise((resolve) => setTimeout(resolve, 300));

  await write({});

  await until(rollcall, () => (rollcall.stdout().includes('"operation"}') ? true : undefined));
  stranger.destroy();
  const lines = rollcall.stdout().trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).msg)).toEqual(['serving', 'write begun', 'write', 'operation']);
});
