import { expect, test } from 'vitest';
import { cast } from '../../src/domain/cast.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';

const [ada, bao, chidi, dunja] = ['ada', 'bao', 'chidi', 'dunja'].map((alias) => cast.find((one) => one.alias === alias));

interface Told {
  readonly sent: boolean;
  readonly fields: readonly { readonly name: string; readonly verdict: string }[];
  readonly errors: readonly { readonly __typename: string }[];
}

async function write({ askText }: Rollcall, mutation: string, input: string, headers: HeadersInit = {}): Promise<Told> {
  const text = `mutation { told: ${mutation}(input: ${input}) { sent fields { name verdict } errors { __typename } } }`;
  const { data, errors } = await askText(text, {}, headers);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  // The query asks for just that.
  return (data as { readonly told: Told }).told;
}

async function writeEach({ askText }: Rollcall, mutation: string, input: string, headers: HeadersInit): Promise<Told> {
  const text = `mutation { told: ${mutation}(input: ${input}) { changes { sent fields { name verdict } errors { __typename } } } }`;
  const { data, errors } = await askText(text, {}, headers);
  // The query asks for just that, and the input names one.
  const [told] = (data as { readonly told: { readonly changes: readonly Told[] } }).told.changes;
  if (errors !== undefined || told === undefined) throw new Error(JSON.stringify(errors));
  return told;
}

const start = () => startRollcall({ size: 12, horde: { limits: false }, mcsManager: { hashMs: 0, rateLimits: false } });
const late = { kind: 'delay', ms: 300 } as const;

/** A panel with two administrators, each with a key. */
function twoAdministrators({ community: { mcsManager } }: Rollcall) {
  const users = [...mcsManager.world.users.values()];
  const two = users.filter(({ apiKey, uuid }) => apiKey === mcsManager.keys.admin || uuid === ada?.mcsManager);
  for (const user of users) user.permission = two.includes(user) ? 10 : 1;
  return two.map((user, index) => {
    const key = `${index}`.repeat(32);
    user.apiKey = key;
    return { id: `mcsmanager:${user.uuid}`, headers: { 'x-source-key-mcsmanager': key } };
  });
}

const administrators = ({ community: { mcsManager } }: Rollcall) =>
  [...mcsManager.world.users.values()].filter(({ permission }) => permission === 10);

test.each(['demote', 'delete'])('of two administrators who both %s themselves at once the panel keeps one', async (how) => {
  await using rollcall = await start();
  const { faults } = rollcall.community.mcsManager;
  const two = twoAdministrators(rollcall);
  faults.add({ method: how === 'demote' ? 'PUT' : 'DELETE', times: 1, fault: late });

  const told = await Promise.all(
    two.map(({ id, headers }) =>
      how === 'demote'
        ? write(rollcall, 'updateMcsManagerUser', `{ id: "${id}", role: USER }`, headers)
        : writeEach(rollcall, 'deleteMcsManagerUsers', `{ ids: ["${id}"] }`, headers),
    ),
  );

  expect(told.filter(({ sent }) => sent)).toHaveLength(1);
  expect(told.find(({ sent }) => !sent)?.errors).toEqual([{ __typename: 'Conflict' }]);
  expect(administrators(rollcall)).toHaveLength(1);
});

test('two transfers from one account at once are not taken for one another', async () => {
  await using rollcall = await start();
  const { horde } = rollcall.community;
  const headers = { 'x-source-key-horde': horde.keys.of(chidi?.horde ?? 0) };
  horde.faults.add({ method: 'POST', times: 2, fault: late });
  const send = (to: number | undefined, amount: number) =>
    write(rollcall, 'transferHordeKudos', `{ to: "${to}", amount: ${amount} }`, headers);

  const told = await Promise.all([send(dunja?.horde, 3), send(bao?.horde, 4)]);

  const applied = ['to', 'amount'].map((name) => ({ name, verdict: 'APPLIED' }));
  expect(told).toEqual([0, 1].map(() => ({ sent: true, fields: applied, errors: [] })));
});

test('what a write compares is not what somebody else had asked before', async () => {
  await using rollcall = await start();
  const { mcsManager } = rollcall.community;
  const id = `mcsmanager:${bao?.mcsManager}`;
  mcsManager.faults.add({ method: 'GET', times: 1, fault: { kind: 'hang' } });
  const leaving = new AbortController();
  const query = JSON.stringify({ query: `{ user(id: "${id}") { mcsManager { isInit hasApiKey } } }` });
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://rollcall.test/graphql', { method: 'POST', headers, body: query, signal: leaving.signal });
  const hanging = rollcall.app.fetch(request).catch(() => undefined);
  await expect.poll(() => mcsManager.requests.length).toBe(1);

  const told = await write(rollcall, 'updateMcsManagerUser', `{ id: "${id}", isInit: true }`);
  leaving.abort();
  await hanging;

  expect(told).toMatchObject({ errors: [] });
});
