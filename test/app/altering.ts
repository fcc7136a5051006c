import { type Community, communityConfig } from '../../src/twins/community.ts';
import { startTwinServer, type TwinServer } from '../../src/twins/server.ts';

/** Something between Rollcall and the twins that changes what they answer. */
export interface Altering extends AsyncDisposable {
  /** As `communityConfig` has them, by way of this. */
  readonly sources: readonly object[];
  /** Called with each value that stands in an answer under a name; what it returns is sent instead, in the place of `tooLarge` a number that no float holds. */
  alter: (value: unknown, name: string, source: string) => unknown;
}

export const tooLarge = 'TOO LARGE';

export async function startAltering(community: Community): Promise<Altering> {
  const servers: TwinServer[] = [];
  const sources: object[] = [];
  const altering: Altering = {
    sources,
    alter: (value) => value,
    [Symbol.asyncDispose]: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
  for (const source of communityConfig(community).sources) {
    const { origin, pathname } = new URL(source.url ?? '');
    const server = await startTwinServer(async ({ method, path, query, headers, body }) => {
      const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...kept } = headers;
      const sent = {
        method,
        headers: kept as Record<string, string>,
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      };
      const answer = await fetch(`${origin}${path}?${query}`, sent);
      const text = await answer.text();
      const type = answer.headers.get('content-type') ?? 'application/json';
      const alter = (name: string, value: unknown): unknown => altering.alter(value, name, source.id);
      const altered = isJson(text) ? JSON.stringify(JSON.parse(text, alter)).replaceAll(`"${tooLarge}"`, '1e999') : text;
      return { status: answer.status, headers: { 'content-type': type }, body: altered };
    });
    servers.push(server);
    sources.push({
      ...source,
      url: `${server.url}${pathname === '/' ? '' : pathname}`,
      http: { breaker: false, retries: 0 },
      quota: { enabled: false },
    });
  }
  return altering;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
