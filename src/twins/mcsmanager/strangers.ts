import type { Random } from '../random.ts';
import type { DateWriter } from './dates.ts';
import { plainUuid } from './uuid.ts';
import type { InstanceRef, PanelUser } from './world.ts';

export interface StrangerSeed {
  readonly random: Random;
  readonly secret: () => string;
  readonly writeDate: DateWriter;
  /** Instances that may be shared out; at least one. */
  readonly shared: readonly InstanceRef[];
  /** Epoch milliseconds. */
  readonly joined: number;
  readonly latest: number;
  /** Makes the name one of its kind. */
  readonly index: number;
}

/** Somebody ordinary, mostly: a few admins, banned and guests, some who never came in, some with a second factor or a key. */
export function inventUser({ random, secret, writeDate, shared, joined, latest, index }: StrangerSeed): PanelUser {
  const open2FA = random.chance(0.12);
  const ssoBound = random.chance(0.08);
  const first = random.between(0, shared.length - 1);
  return {
    uuid: plainUuid(random),
    userName: `${random.pick(NAMES)}${random.pick(ENDINGS)}${index}`,
    password: 'Stranger-Tide-3',
    passWordType: random.chance(0.05) ? 0 : 1,
    permission: random.chance(0.9) ? 1 : random.pick([10, -1, -1, 0, 1]),
    registerTime: writeDate(joined),
    loginTime: random.chance(0.75) ? writeDate(joined + random.next() * (latest - joined)) : '',
    instances: random.chance(0.4) ? shared.slice(first, first + random.between(1, 3)) : [],
    apiKey: random.chance(0.06) ? secret() : '',
    isInit: random.chance(0.7),
    secret: open2FA ? secret() : '',
    open2FA,
    ssoSub: ssoBound ? secret() : '',
    ssoBound,
  };
}

const NAMES = [
  'alex',
  'Birgit',
  'Caspian',
  'dora',
  'Esa',
  'Farid',
  'gale',
  'Hana',
  'Ines',
  'Joao',
  'kit',
  'Zoë',
  '玩家',
  'Лев',
] as const;
const ENDINGS = ['', '_', '.', '-fan', ' the diver', 'XD'] as const;
