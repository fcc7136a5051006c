import { expect, test } from 'vitest';
import { startRollcall } from '../app/rollcall.ts';
import { createFolder } from './doors.ts';
import { everywhere, keysAt } from './people.ts';
import { audience, createIssuer, issuer } from './signing.ts';

const ada = everywhere('ada');
const bao = everywhere('bao');
const chidi = everywhere('chidi');

const query = '{ viewer { kind accounts { id username } } }';
const nobody = { access: { anonymous: [] } };

test('a caller’s own keys prove their accounts, each by one request with that key', async () => {
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, ...nobody }) });
  const keys = keysAt(rollcall.community);
  const own = { ...keys.horde(bao.horde), ...keys.panel(bao.mcsManager), ...keys.webui(ada.openWebUI) };

  const { data, errors } = await rollcall.askText(query, {}, own);

  expect(errors).toBeUndefined();
  expect(data?.viewer).toEqual({
    kind: 'ANONYMOUS',
    accounts: [
      { id: `horde:${bao.horde}`, username: 'bao#102' },
      { id: `mcsmanager:${bao.mcsManager}`, username: 'bao' },
      { id: `webui:${ada.openWebUI}`, username: 'Ada Lindqvist' },
    ],
  });
  const { horde, mcsManager, openWebUI } = rollcall.community;
  expect(horde.requests.map(({ headers }) => headers.apikey)).toEqual([own['x-source-key-horde']]);
  expect(mcsManager.requests.map(({ headers }) => headers['x-request-api-key'])).toEqual([own['x-source-key-mcsmanager']]);
  expect(openWebUI.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${own['x-source-key-webui']}`]);
});

test('a key that proves nothing is an error at its place, and the other accounts stand', async () => {
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, ...nobody }) });
  const keys = keysAt(rollcall.community);
  const wrong = 'CANARY-no-such-key';

  const oneWrong = await rollcall.askText(query, {}, { ...keys.horde(bao.horde), 'x-source-key-mcsmanager': wrong });
  const allWrong = await rollcall.askText(
    query,
    {},
    {
      'x-source-key-horde': wrong,
      'x-source-key-mcsmanager': wrong,
      'x-source-key-webui': wrong,
    },
  );

  expect(oneWrong.data?.viewer).toMatchObject({ accounts: [{ id: `horde:${bao.horde}` }, null] });
  expect(oneWrong.errors).toMatchObject([
    { path: ['viewer', 'accounts', 1], extensions: { code: 'SOURCE_UNAUTHORIZED', source: 'mcsmanager' } },
  ]);
  expect(allWrong.data?.viewer).toMatchObject({ accounts: [null, null, null] });
  expect(allWrong.errors?.map(({ path, extensions }) => [path?.[2], extensions.code, extensions.source])).toEqual([
    [0, 'SOURCE_UNAUTHORIZED', 'horde'],
    [1, 'SOURCE_UNAUTHORIZED', 'mcsmanager'],
    [2, 'SOURCE_UNAUTHORIZED', 'webui'],
  ]);
  expect([oneWrong.text, allWrong.text, ...rollcall.logged].join('\n')).not.toContain(wrong);
});

test('a token names accounts by whole ids or by ids on one source, and they are told without asking', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  const jwks = await folder.write('jwks.json', JSON.stringify({ keys: [signer.jwk] }));
  const accounts = [{ claim: 'rollcall' }, { claim: 'horde_id', source: 'horde' }, { claim: 'webui', source: 'webui' }];
  const jwt = { issuer, audience, jwks, accounts };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { jwt } }) });
  const token = await signer.token({
    rollcall: [`mcsmanager:${ada.mcsManager}`, `horde:${ada.horde}`],
    horde_id: ada.horde,
    webui: ada.openWebUI,
  });

  const { data, errors } = await rollcall.askText(
    '{ viewer { kind name accounts { id } } }',
    {},
    { authorization: `Bearer ${token}` },
  );

  expect(errors).toBeUndefined();
  expect(data?.viewer).toEqual({
    kind: 'TOKEN',
    name: 'ada',
    accounts: [{ id: `mcsmanager:${ada.mcsManager}` }, { id: `horde:${ada.horde}` }, { id: `webui:${ada.openWebUI}` }],
  });
  expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
});

test('what a token says wrongly is an error at its place; an account that is named and proved stands once', async () => {
  await using folder = await createFolder();
  const signer = await createIssuer();
  const jwks = await folder.write('jwks.json', JSON.stringify({ keys: [signer.jwk] }));
  const jwt = { issuer, audience, jwks, accounts: { claim: 'accounts' } };
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, access: { jwt } }) });
  const claimed = ['nonsense', `horde:${bao.horde}`, 'elsewhere:1', 'horde:abc', 7, null, {}, ''];
  const token = await signer.token({ accounts: claimed });
  const own = keysAt(rollcall.community).horde(bao.horde);

  const { data, errors } = await rollcall.askText(
    '{ viewer { accounts { id } } }',
    {},
    { authorization: `Bearer ${token}`, ...own },
  );

  expect(data?.viewer).toEqual({ accounts: [null, { id: `horde:${bao.horde}` }, null, null, null] });
  expect(errors?.map(({ path, extensions }) => [path?.[2], extensions.code])).toEqual([
    [0, 'BAD_USER_INPUT'],
    [2, 'BAD_USER_INPUT'],
    [3, 'BAD_USER_INPUT'],
    [4, 'BAD_USER_INPUT'],
  ]);
});

test('a key that is brought takes the place of the service’s for its source alone', async () => {
  await using rollcall = await startRollcall();
  const own = keysAt(rollcall.community).horde(chidi.horde);
  const text = `{ user(id: "horde:${ada.horde}") { horde { contact adminComment } openWebUI { email } } }`;

  const asModerator = await rollcall.askText(text);
  rollcall.calls();
  const asChidi = await rollcall.askText(text, {}, own);

  expect(asModerator.data).toMatchObject({
    user: { horde: { contact: 'ada@harbour.example' }, openWebUI: { email: 'ada@harbour.example' } },
  });
  expect(asChidi.data).toMatchObject({
    user: { horde: { contact: null, adminComment: null }, openWebUI: { email: 'ada@harbour.example' } },
  });
  expect(asChidi.errors?.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_FORBIDDEN', 'SOURCE_FORBIDDEN']);
  const { horde, openWebUI } = rollcall.community;
  expect(new Set(horde.requests.map(({ headers }) => headers.apikey))).toEqual(new Set([own['x-source-key-horde']]));
  expect(new Set(openWebUI.requests.map(({ headers }) => headers.authorization))).toEqual(
    new Set([`Bearer ${openWebUI.keys.admin}`]),
  );
});

test.for([
  ['for a source that is not there', 'x-source-key-nowhere', 'CANARY', 'names no source. There are: horde, mcsmanager, webui.'],
  ['for no source', 'x-source-key-', 'CANARY', 'names no source. There are: horde, mcsmanager, webui.'],
  ['with letters that no key has', 'x-source-key-horde', 'CANARY-\u00e9', 'holds characters that no key has.'],
  ['with a tab within', 'x-source-key-horde', 'CANARY\tCANARY', 'holds characters that no key has.'],
  ['that is too long', 'x-source-key-webui', `CANARY${'x'.repeat(4_091)}`, 'holds more than any key: 4096 characters at most.'],
] as const)(
  'a key %s is refused by its header’s name, is never repeated, and nobody is asked',
  async ([, header, value, fault]) => {
    await using rollcall = await startRollcall();

    const answer = await rollcall.askText(query, {}, { [header]: value });

    expect(answer.status).toBe(400);
    expect(answer.errors).toEqual([{ message: `The header ${header} ${fault}`, extensions: { code: 'BAD_USER_INPUT' } }]);
    expect([answer.text, ...rollcall.logged].join('\n')).not.toContain('CANARY');
    expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  },
);

test('who is not signed in is told only that, whatever else their headers hold', async () => {
  await using rollcall = await startRollcall();

  const answer = await rollcall.askText(query, {}, { 'x-source-key-nowhere': 'x', authorization: 'Bearer half' });

  expect(answer.status).toBe(401);
});

test('a header for a key that holds nothing brings no key', async () => {
  await using rollcall = await startRollcall({ config: (input) => ({ ...input, ...nobody }) });

  const { data } = await rollcall.askText(query, {}, { 'x-source-key-horde': '' });

  expect(data?.viewer).toEqual({ kind: 'ANONYMOUS', accounts: [] });
});
