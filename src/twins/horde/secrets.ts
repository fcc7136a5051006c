import type { Random } from '../random.ts';

/** What must never be seen by strangers: API keys and proxy passkeys. */
export interface Secrets {
  /** An ordinary key. It ends in the user's id, which is how the twin finds its owner. */
  apiKeyOf(id: number): string;
  passkeyOf(id: number): string;
  newPasskey(): string;
}

/** With a canary every secret contains that text. Shared keys' ids are UUIDs to the server and cannot. */
export function createSecrets(random: Random, canary?: string): Secrets {
  const mark = canary === undefined ? '' : `${canary}-`;
  return {
    // 22 characters, as the server makes them.
    apiKeyOf: (id) => `${mark}horde-twin-${String(id).padStart(11, '0')}`,
    passkeyOf: (id) => `${mark}passkey-${String(id).padStart(14, '0')}`,
    newPasskey: () => `${mark}${random.hex(22)}`,
  };
}
