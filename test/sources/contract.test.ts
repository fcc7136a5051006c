import { horde } from '../../src/sources/horde/index.ts';
import { mcsManager } from '../../src/sources/mcsmanager/index.ts';
import { openWebUI } from '../../src/sources/openwebui/index.ts';
import { hordeTwin } from '../../src/twins/horde/index.ts';
import { mcsManagerTwin } from '../../src/twins/mcsmanager/index.ts';
import { openWebUITwin } from '../../src/twins/openwebui/index.ts';
import { describeSourceContract } from './contract.ts';
import { reply } from './contract-setup.ts';

const json = (status: number, body: unknown) => reply(status, 'application/json', JSON.stringify(body));
const size = 60;

describeSourceContract('AI Horde', {
  kind: horde,
  start: async (canary) => {
    const twin = await hordeTwin({ size, canary });
    const ids = twin.world.users.all().map(({ id }) => String(id));
    const { moderator: serviceKey } = twin.keys;
    return { server: twin, url: twin.apiUrl, serviceKey, weakKey: twin.keys.of(103), others: '104', known: '101', ids };
  },
  unknownId: '999999',
  hostileIds: ['', '-1', '1/../2', '1?x', '1.5', '2147483648'],
  facets: ['identity', 'kudos'],
  hiddenFacet: 'monthlyKudos',
  otherShape: '{"canary-page":true}',
  refusals: [
    {
      title: 'a key that is no user’s',
      rule: { fault: json(401, { message: 'canary-page', rc: 'InvalidAPIKey' }) },
      code: 'SOURCE_UNAUTHORIZED',
    },
    {
      title: 'a right that is missing',
      rule: { fault: json(403, { message: 'canary-page', rc: 'NotModerator' }) },
      code: 'SOURCE_FORBIDDEN',
    },
    {
      title: 'the 404 that repeats the key',
      rule: { path: '/api/v2/find_user', fault: json(404, { message: 'canary-page CANARY', rc: 'UserNotFound' }) },
      code: 'SOURCE_UNAUTHORIZED',
      ask: ({ session }) => session.self(),
    },
    {
      title: 'a 404 of a route that is not there',
      rule: { fault: json(404, { message: 'canary-page' }) },
      code: 'SOURCE_MALFORMED',
    },
  ],
});

describeSourceContract('MCSManager', {
  kind: mcsManager,
  start: async (canary) => {
    const twin = await mcsManagerTwin({ size, canary });
    const ids = [...twin.world.users.keys()];
    const [member, others] = ['c41d1c41d1c44c418c41d1c41d1c0003', 'a1d0a1d0a1d04a1d8a1d0a1d0a1d0001'];
    return {
      server: twin,
      url: twin.apiUrl,
      serviceKey: twin.keys.admin,
      weakKey: twin.keys.of(member),
      others,
      known: member,
      ids,
    };
  },
  unknownId: '0123456789abcdef0123456789abcdef',
  hostileIds: ['', 'admin', '../overview', '0123456789abcdef0123456789abcdef&advanced=1', '0123456789abcdef0123456789abcdeg'],
  facets: ['identity', 'registration'],
  hiddenFacet: 'registration',
  otherShape: '{"status":200,"data":{"canary-page":true},"time":1}',
  refusals: [
    { title: 'a 403, which is all it says of keys', rule: { fault: refusal(403) }, code: 'SOURCE_UNAUTHORIZED' },
    {
      title: 'a 403 where an administrator’s key is needed',
      rule: { path: '/api/auth/search', fault: refusal(403) },
      code: 'SOURCE_FORBIDDEN',
      ask: ({ session }) => session.list({}).page(0),
    },
    {
      title: 'its rate limit, which is a 500',
      rule: { path: '/api/instance', fault: refusal(500) },
      code: 'SOURCE_RATE_LIMITED',
      ask: ({ loader }) => loader.load('daemon/instance', 'instance'),
    },
    {
      title: 'a 500 for every user, the key’s own holder too',
      rule: { fault: json(500, { status: 500, data: 'canary-page', time: 1 }) },
      code: 'SOURCE_FAILED',
    },
  ],
});

describeSourceContract('Open WebUI', {
  kind: openWebUI,
  start: async (canary) => {
    const twin = await openWebUITwin({ size, canary });
    const ids = twin.world.users.inserted().map(({ id }) => id);
    const [known, others] = ['a1d00001-0000-4000-8000-000000000001', 'ba000002-0000-4000-8000-000000000002'];
    const weakKey =
      ids.flatMap((id) => (twin.world.users.get(id)?.role === 'user' && id !== others ? (twin.keys.of(id) ?? []) : []))[0] ?? '';
    return { server: twin, url: twin.apiUrl, serviceKey: twin.keys.admin, weakKey, others, known, ids };
  },
  unknownId: 'd09e0000-0000-4000-8000-00000000d09e',
  hostileIds: ['', 'all', 'search', '../auths', 'a/b', 'shared-1', 'x'.repeat(65)],
  facets: ['identity', 'settings'],
  hiddenFacet: 'settings',
  otherShape: '{"canary-page":true}',
  refusals: [
    {
      title: 'a role that may not, which is a 401',
      rule: { fault: json(401, { detail: noPermission() }) },
      code: 'SOURCE_FORBIDDEN',
    },
    {
      title: 'a key that is no user’s, which is a 401 too',
      rule: { fault: json(401, { detail: 'canary-page' }) },
      code: 'SOURCE_UNAUTHORIZED',
    },
    {
      title: 'keys switched off, which is a 403',
      rule: { fault: json(403, { detail: keysOff() }) },
      code: 'SOURCE_UNAUTHORIZED',
    },
    {
      title: 'a path that keys may not use, which is a 403 too',
      rule: { fault: json(403, { detail: 'canary-page' }) },
      code: 'SOURCE_FORBIDDEN',
    },
  ],
});

function refusal(status: number) {
  return reply(status, 'text/plain; charset=utf-8', JSON.stringify({ status, data: 'canary-page', time: 1 }));
}

function noPermission(): string {
  return 'You do not have permission to access this resource. Please contact your administrator for assistance.';
}

function keysOff(): string {
  return 'Use of API key is not enabled in the environment.';
}
