import { type CastMember, cast } from '../../domain/cast.ts';
import { createRandom, type Random } from '../random.ts';
import { type DateWriter, onGrid } from './dates.ts';
import { addDaemons, HARBOUR_DAEMON, ISLAND_DAEMON, inventInstance } from './fleet.ts';
import { inventUser } from './strangers.ts';
import { plainUuid } from './uuid.ts';
import { addUser, type DaemonState, type InstanceRef, type PanelWorld } from './world.ts';

export interface PopulationOptions {
  readonly seed: number;
  /** Users in all; never fewer than the first admin and the cast. */
  readonly size: number;
  readonly canary: string;
  readonly writeDate: DateWriter;
  readonly secondDaemon: DaemonState;
}

/** Whoever set the panel up: the first user, an admin, not one of the cast. */
export const FIRST_ADMIN = '0adc0adc0adc4adc80adc0adc0ad0000';
/** With this the first admin and the cast log in. */
export const CAST_PASSWORD = 'Harbour-Light-7';

const OPENED = Date.UTC(2023, 2, 4, 9, 30);
const LATEST = Date.UTC(2026, 9, 1, 18, 12, 40);
const HOUR_MS = 3_600_000;

/** The panel of the harbour community, its users in the order in which they came. */
export function populate(world: PanelWorld, { seed, size, canary, writeDate, secondDaemon }: PopulationOptions): void {
  const random = createRandom(seed);
  const making = { world, random, writeDate, secret: () => canary + random.hex(32) };
  addDaemons(world, secondDaemon);
  addFirstAdmin(making);
  addCast(making);
  addStrangers(making, Math.max(0, size - world.users.size));
}

/** What everything here is made with. */
interface Making {
  readonly world: PanelWorld;
  readonly random: Random;
  readonly writeDate: DateWriter;
  readonly secret: () => string;
}

function addFirstAdmin({ world, writeDate, secret }: Making): void {
  addUser(world, {
    uuid: FIRST_ADMIN,
    userName: 'admin',
    password: CAST_PASSWORD,
    permission: 10,
    registerTime: writeDate(OPENED),
    loginTime: writeDate(LATEST),
    apiKey: secret(),
    isInit: true,
  });
}

function addCast(making: Making): void {
  const { world, writeDate, secret } = making;
  const residents = cast.flatMap((member) => (member.mcsManager === undefined ? [] : [{ member, uuid: member.mcsManager }]));
  residents.forEach(({ member, uuid }, index) => {
    const joined = OPENED + (index + 1) * 31.7 * HOUR_MS;
    const banned = member.standing === 'banned';
    addUser(world, {
      uuid,
      userName: member.alias,
      password: CAST_PASSWORD,
      permission: permissionOf(member),
      registerTime: writeDate(joined),
      // The banned one never came in again after the first day.
      loginTime: writeDate(banned ? joined + HOUR_MS : LATEST - (index + 1) * 53.3 * HOUR_MS),
      instances: ownInstances(making, member, index),
      apiKey: secret(),
      isInit: !banned,
      secret: index % 2 === 0 ? secret() : '',
      open2FA: index % 2 === 0,
      ssoSub: index % 3 === 0 ? secret() : '',
      ssoBound: index % 3 === 0,
    });
  });
}

function addStrangers(making: Making, count: number): void {
  const shared = Array.from({ length: 24 }, () => settle(making, making.random.chance(0.3) ? ISLAND_DAEMON : HARBOUR_DAEMON));
  const writeDate = onGrid(making.writeDate);
  for (let index = 0; index < count; index += 1) {
    const joined = OPENED + 240 * HOUR_MS + (index * (LATEST - OPENED - 480 * HOUR_MS)) / count;
    const stranger = inventUser({ ...making, writeDate, shared, joined, latest: LATEST, index });
    making.world.users.set(stranger.uuid, stranger);
  }
}

function permissionOf(member: CastMember): number {
  if (member.standing === 'admin') return 10;
  return member.standing === 'banned' ? -1 : 1;
}

/** Two to four of their own, the second on the island; every other member also keeps a reference that leads nowhere any more. */
function ownInstances(making: Making, { alias, standing }: CastMember, index: number): InstanceRef[] {
  const projects = standing === 'banned' ? PROJECTS.slice(0, 1) : PROJECTS.slice(0, 2 + (index % 3));
  const refs = projects.map((project, nth) =>
    settle(making, nth === 1 ? ISLAND_DAEMON : HARBOUR_DAEMON, `${alias}’s ${project}`),
  );
  if (index % 2 === 1) refs.push({ instanceUuid: plainUuid(making.random), daemonId: HARBOUR_DAEMON });
  return refs;
}

function settle({ world, random, secret }: Making, daemonId: string, nickname?: string): InstanceRef {
  const instance = inventInstance({ random, secret, since: OPENED, ...(nickname === undefined ? {} : { nickname }) });
  world.daemons.get(daemonId)?.instances.set(instance.uuid, instance);
  return { instanceUuid: instance.uuid, daemonId };
}

const PROJECTS = ['survival world', 'Friday night server', 'test bench', 'old castle'] as const;
