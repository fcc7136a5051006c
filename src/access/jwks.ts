import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { Unusable } from '../config-faults.ts';
import { fetchKeys, whyNoKeys } from './jwks-fetch.ts';
import { faultsAmong, Jwks } from './jwks-usable.ts';
import type { JwksPlace } from './jwt-settings.ts';
import { watchFile } from './watched-file.ts';

/** Nobody can tell for now whether a token is good. */
export class KeysOutOfReach extends Error {
  override readonly name = 'KeysOutOfReach';
}

/** Milliseconds after which keys are fetched again, so that one the issuer took back is forgotten. */
const refreshEvery = 600_000;

/** Finds the key that a token says it is signed with. Throws when a file cannot be used; an address is asked when needed. */
export function openJwks(place: JwksPlace, log: Logger): JWTVerifyGetKey {
  return place.at === 'file' ? jwksInFile(place.path, log) : jwksAt(place.url, log);
}

function jwksInFile(path: string, log: Logger): JWTVerifyGetKey {
  const file = watchFile(path, {
    parse: (text) => readSet(text, log),
    onChange: () => log.info('the keys for tokens were read again'),
    onBroken: () => log.error('the file with the keys for tokens cannot be used; the former keys still hold'),
  });
  return async (header, token) => (await file.current())(header, token);
}

/** Behind a mark of byte order, too, as from an address. */
function readSet(text: string, log: Logger): JWTVerifyGetKey {
  const set = Jwks.parse(JSON.parse(text.replace(/^\uFEFF/, '')));
  for (const fault of faultsAmong(set)) log.warn({ fault }, 'a key for tokens cannot be used');
  return createLocalJWKSet(set);
}

/** Keys once fetched are used while newer ones are on their way, and as long as none can be had. */
function jwksAt(url: URL, log: Logger): JWTVerifyGetKey {
  const remote = remoteAt(url);
  let refreshedAt = performance.now();
  const tellFault = (error: unknown): void => log.error({ reason: whyNoKeys(error) }, 'the keys for tokens cannot be fetched');

  return async (header, token) => {
    if (remote.fresh && performance.now() - refreshedAt > refreshEvery) {
      refreshedAt = performance.now();
      remote.reload().catch(tellFault);
    }
    try {
      return await remote(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      tellFault(error);
      throw new KeysOutOfReach();
    }
  };
}

const remoteAt = (url: URL) =>
  createRemoteJWKSet(url, { cacheMaxAge: Number.POSITIVE_INFINITY, timeoutDuration: 5_000, [customFetch]: fetchKeys });

/** Tries an address once. What is wrong with it, in a sentence, or null. */
export async function faultOfKeysAt(url: URL): Promise<string | null> {
  try {
    const remote = remoteAt(url);
    await remote.reload();
    const { success, data } = Jwks.safeParse(remote.jwks());
    if (success) faultsAmong(data);
    return null;
  } catch (error) {
    if (error instanceof Unusable) return `what the address answers ${error.message}`;
    return `the keys for tokens cannot be fetched: ${whyNoKeys(error)}`;
  }
}

/** The set was there, and did not help. */
const isAboutToken = (error: unknown): boolean =>
  error instanceof errors.JWKSNoMatchingKey ||
  error instanceof errors.JWKSMultipleMatchingKeys ||
  error instanceof errors.JOSENotSupported;
