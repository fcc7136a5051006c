import { startTwinServer, type TwinServer } from '../../src/twins/server.ts';

/** Who is on the toy register. */
export const members = [
  { id: 'ada', name: 'Ada L.', points: 12, here: false },
  { id: 'zoe', name: 'Zoe A.', points: 7, here: true },
];

/** The upstream of the toy source. */
export const startRegister = (): Promise<TwinServer> =>
  startTwinServer(({ path }) => {
    const member = members.find(({ id }) => path === `/members/${id}`);
    const body = path === '/members' ? members : member;
    return {
      status: body === undefined ? 404 : 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body ?? null),
    };
  });
