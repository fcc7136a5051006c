import { expect, test } from 'vitest';
import { createKey } from '../../src/access/rollcall-keys.ts';
import { everywhere } from '../access/people.ts';
import { startGetting } from './getting.ts';

const ada = everywhere('ada');
const reader = createKey();
const horde = createKey();
const keys = [
  { name: 'reader', hash: reader.hash, scopes: ['read'] },
  { name: 'panel', hash: horde.hash, scopes: ['read@horde', 'read@mcsmanager', 'write@webui'] },
];
const start = () => startGetting({ size: 6, config: (input) => ({ ...input, access: { keys } }) });
const dataIn = (text: string): object => {
  const { data, errors } = JSON.parse(text);
  expect(errors).toBeUndefined();
  return data;
};

test('what one source failed to add is no reason for an error, and none to keep what the others said', async () => {
  await using getting = await start();
  const { mcsManager } = getting.keeping.rollcall.community;
  const query = `{ user(id: "horde:${ada.horde}") { id createdAt } }`;
  const headers = { 'x-rollcall-key': reader.key };
  mcsManager.faults.add({ times: 1, fault: { kind: 'reset' } });

  const without = await getting.get(query, headers);
  const withIt = await getting.get(query, headers);

  expect(dataIn(without.text)).toMatchObject({ user: { createdAt: expect.any(String) } });
  expect([without.control, withIt.control]).toEqual(['no-store', 'private, max-age=300, must-revalidate']);
});

test('what a scope kept back is no reason for an error either, and none to keep the rest', async () => {
  await using getting = await start();
  const query = `{ user(id: "horde:${ada.horde}") { id createdAt } }`;

  const [some, all] = [
    await getting.get(query, { 'x-rollcall-key': horde.key }),
    await getting.get(query, { 'x-rollcall-key': reader.key }),
  ];

  expect(dataIn(some.text)).toMatchObject({ user: { createdAt: expect.any(String) } });
  expect([some.control, all.control]).toEqual(['no-store', 'private, max-age=300, must-revalidate']);
});

test('a search that a source did not answer is not kept', async () => {
  await using getting = await start();
  const query = '{ searchUsers(query: "ada", sources: ["mcsmanager", "webui"]) { users { id } sources { outcome } } }';
  const headers = { 'x-rollcall-key': reader.key };
  getting.keeping.rollcall.community.mcsManager.faults.add({ times: 1, fault: { kind: 'reset' } });

  const [failed, answered] = [await getting.get(query, headers), await getting.get(query, headers)];

  expect(dataIn(failed.text)).toMatchObject({ searchUsers: { sources: [{ outcome: 'FAILED' }, { outcome: 'ANSWERED' }] } });
  expect([failed.control, answered.control]).toEqual(['no-store', 'private, max-age=10, must-revalidate']);
});

test('what stands in for what a source could not tell is shown, and kept by nobody else', async () => {
  await using getting = await start();
  const { keeping } = getting;
  const query = `{ user(id: "webui:${ada.openWebUI}") { openWebUI { name } } }`;
  const headers = { 'x-rollcall-key': reader.key };
  await getting.get(query, headers);
  keeping.pass(600);
  keeping.rollcall.community.openWebUI.faults.add({ fault: { kind: 'reset' } });

  const { text, control } = await getting.get(query, headers);

  expect(dataIn(text)).toMatchObject({ user: { openWebUI: { name: expect.any(String) } } });
  expect(control).toBe('no-store');
});
