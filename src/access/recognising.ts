import type { JWTVerifyGetKey } from 'jose';
import type { Logger } from 'pino';
import { ConfigError, Unusable, whereLooked } from '../config-faults.ts';
import type { RequestHeaders } from '../edge/request-headers.ts';
import { anonymous, type Caller } from './caller.ts';
import { faultInCallerKeys } from './caller-keys.ts';
import { KeysOutOfReach, openJwks } from './jwks.ts';
import { readToken, reasonOf } from './jwt.ts';
import { parseKeysFile } from './keys-file.ts';
import { type Presented, presentedIn, secretsIn } from './presented.ts';
import { findKey, type RollcallKey } from './rollcall-keys.ts';
import type { AccessSettings } from './settings.ts';
import { type WatchedFile, watchFile } from './watched-file.ts';

export type Recognition =
  | { readonly is: 'recognised'; readonly caller: Caller }
  /** The reason is for the log; the caller is told the same whatever it was. */
  | { readonly is: 'refused'; readonly reason: string }
  /** A token that may be good, while the keys that would tell cannot be had. */
  | { readonly is: 'unsure' }
  /** Somebody who brought something for a source that cannot be a key for it. The sentence is for them. */
  | { readonly is: 'faulty'; readonly fault: string };

export interface Access {
  /** Tells who sent a request; at once, unless a file or an issuer's keys have to be looked at for it. */
  recognise(headers: RequestHeaders): Recognition | Promise<Recognition>;
  /** Every secret that came with it, whatever it is worth, for whoever must keep it out of the log. */
  secretsIn(headers: RequestHeaders): string[];
}

/** Reads the files that the settings name, and throws a `ConfigError` when they cannot be used. */
export function openAccess(settings: AccessSettings, sources: ReadonlySet<string>, log: Logger): Access {
  const fileKeys = settings.keysFile === null ? undefined : openKeysFile(settings.keysFile, settings, sources, log);
  const jwks = settings.jwt === null ? undefined : openJwksOrSay(settings.jwt.jwks, log);
  const nobody: Recognition = { is: 'recognised', caller: anonymous(settings.anonymous) };

  function recognise(presented: Presented): Recognition | Promise<Recognition> {
    switch (presented.is) {
      case 'nothing':
        return nobody;
      case 'malformed':
        return refused('malformed');
      case 'key':
        return fileKeys === undefined
          ? recogniseKey(presented.text, settings.keys)
          : fileKeys.current().then((keys) => recogniseKey(presented.text, [...settings.keys, ...keys]));
      case 'token':
        return settings.jwt === null || jwks === undefined
          ? refused('no tokens are taken')
          : recogniseToken(presented.text, settings.jwt, jwks);
    }
  }

  return {
    recognise: (headers) => {
      const judge = (recognition: Recognition): Recognition => {
        const fault = recognition.is === 'recognised' ? faultInCallerKeys(headers, sources) : null;
        return fault === null ? recognition : { is: 'faulty', fault };
      };
      const recognition = recognise(presentedIn(headers));
      return recognition instanceof Promise ? recognition.then(judge) : judge(recognition);
    },
    secretsIn,
  };
}

function recogniseKey(text: string, keys: readonly RollcallKey[]): Recognition {
  const key = findKey(text, keys);
  if (key === undefined) return refused('unknown key');
  const { name, expiresAt } = key;
  if (expiresAt !== null && expiresAt.getTime() <= Date.now()) return refused(`the key ${name} has expired`);
  const known = holders.get(key);
  if (known !== undefined) return known;
  const holder = toHolder(key);
  holders.set(key, holder);
  return holder;
}

/** One for each key, so that what follows from who somebody is need be found out once only. */
const holders = new WeakMap<RollcallKey, Recognition>();

const toHolder = ({ name, scopes, expiresAt }: RollcallKey): Recognition => ({
  is: 'recognised',
  caller: { kind: 'KEY', name, scopes, accounts: [], expiresAt },
});

async function recogniseToken(
  text: string,
  settings: NonNullable<AccessSettings['jwt']>,
  jwks: JWTVerifyGetKey,
): Promise<Recognition> {
  try {
    return { is: 'recognised', caller: await readToken(text, settings, jwks) };
  } catch (error) {
    return error instanceof KeysOutOfReach ? { is: 'unsure' } : refused(reasonOf(error));
  }
}

const refused = (reason: string): Recognition => ({ is: 'refused', reason });

function openKeysFile(
  path: string,
  settings: AccessSettings,
  sources: ReadonlySet<string>,
  log: Logger,
): WatchedFile<readonly RollcallKey[]> {
  const surroundings = { others: settings.keys, sources };
  try {
    return watchFile(path, {
      parse: (text) => {
        const { keys, faults } = parseKeysFile(text, surroundings);
        if (faults.length > 0) log.error({ faults }, 'faulty entries of the keys file are left out; the others hold');
        return keys;
      },
      onChange: () => log.info('the keys file was read again'),
      onBroken: (error) =>
        log.error(
          { faults: [error instanceof Unusable ? error.message : 'cannot be read'] },
          'the keys file cannot be used; what it said before still holds',
        ),
    });
  } catch (error) {
    const missing = `cannot be read; rollcall keys create makes it${whereLooked(path)}`;
    const fault = error instanceof Unusable ? error.message : missing;
    throw new ConfigError([`access.keysFile: ${path}: ${fault}`]);
  }
}

function openJwksOrSay(place: Parameters<typeof openJwks>[0], log: Logger): JWTVerifyGetKey {
  try {
    return openJwks(place, log);
  } catch (error) {
    // An address is asked when it is needed.
    const path = place.at === 'file' ? place.path : '';
    throw new ConfigError([`access.jwt.jwks: ${path}: ${whyNoSet(error, path)}`]);
  }
}

function whyNoSet(error: unknown, path: string): string {
  if (error instanceof Unusable) return error.message;
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return isMissing ? `does not exist${whereLooked(path)}` : 'cannot be read as a JSON Web Key Set, {"keys": […]}';
}
