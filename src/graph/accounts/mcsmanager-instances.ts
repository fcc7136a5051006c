import type { Instance, InstanceRef, instanceStatuses } from '../../domain/accounts/mcsmanager.ts';
import { builder } from '../builder.ts';
import { type AccountNode, readFacet } from '../context.ts';
import { readBelonging } from './belongings.ts';
import { McsManagerAccountRef } from './mcsmanager-account.ts';

/** An instance as the account refers to it. What more there is comes from its daemon. */
interface ListedInstance extends InstanceRef {
  readonly account: AccountNode;
}

const InstanceStatusRef = builder.enumType('InstanceStatus', {
  description: 'What an instance is doing.',
  values: {
    RUNNING: { description: 'Up.' },
    STARTING: { description: 'Coming up.' },
    STOPPING: { description: 'Going down.' },
    STOPPED: { description: 'Down.' },
    BUSY: { description: 'Being installed, updated or moved.' },
    UNKNOWN: { description: 'A state that is not known here; read `nativeStatus`.' },
  } satisfies Record<(typeof instanceStatuses)[number], { description: string }>,
});

const InstanceObjectRef = builder.objectRef<ListedInstance>('Instance');

const instance = <Value>(show: (instance: Instance) => Value) => ({
  nullable: true as const,
  extensions: { reads: 'instance' },
  resolve: async ({ account, daemonId, instanceId }: ListedInstance): Promise<Value | null> => {
    const read = await readBelonging(account, `${daemonId}/${instanceId}`, 'instance');
    return read === null ? null : show(read);
  },
});

InstanceObjectRef.implement({
  description:
    'A program that MCSManager runs, such as a game server, that the user may use. Everything but the two ids comes from its daemon: null when the daemon does not know the instance any more, an error when the daemon is away.',
  fields: (t) => ({
    instanceId: t.exposeID('instanceId', { nullable: false, description: '32 hex digits.' }),
    daemonId: t.exposeID('daemonId', { nullable: false, description: 'The daemon that runs it.' }),
    nickname: t.string({ ...instance(({ nickname }) => nickname), description: 'What its operator calls it.' }),
    status: t.field({ type: InstanceStatusRef, ...instance(({ status }) => status), description: 'What it is doing.' }),
    nativeStatus: t.string({ ...instance(({ nativeStatus }) => nativeStatus), description: 'The same as the panel’s number.' }),
    type: t.string({ ...instance(({ type }) => type), description: 'What sort of program it is, such as `minecraft/java`.' }),
    processType: t.string({
      ...instance(({ processType }) => processType),
      description: 'How it is run: `general` or `docker`.',
    }),
    tags: t.stringList({ ...instance(({ tags }) => [...tags]), description: 'Words its operator gave it.' }),
    createdAt: t.field({ type: 'DateTime', ...instance(({ createdAt }) => createdAt), description: 'When it was made.' }),
    lastStartedAt: t.field({
      type: 'DateTime',
      ...instance(({ lastStartedAt }) => lastStartedAt),
      description: 'Its last start; null: never.',
    }),
    endsAt: t.field({
      type: 'DateTime',
      ...instance(({ endsAt }) => endsAt),
      description: 'When the right to use it ends; null: never.',
    }),
    autoStart: t.boolean({ ...instance(({ autoStart }) => autoStart), description: 'Starts with its daemon.' }),
    autoRestart: t.boolean({ ...instance(({ autoRestart }) => autoRestart), description: 'Starts again after a crash.' }),
    startedCount: t.int({
      ...instance(({ startedCount }) => startedCount),
      description: 'How often it was started since its daemon came up.',
    }),
    version: t.string({
      ...instance(({ version }) => version),
      description: 'What the game server says; null while it does not answer.',
    }),
    currentPlayers: t.int({
      ...instance(({ currentPlayers }) => currentPlayers),
      description: 'Who plays now; null while the game server does not answer.',
    }),
    maxPlayers: t.int({
      ...instance(({ maxPlayers }) => maxPlayers),
      description: 'How many may play; null while it does not answer.',
    }),
    daemonName: t.string({
      nullable: true,
      extensions: { reads: 'daemon' },
      description: 'What the operator calls its daemon; null when it has no name. Costs one request for all daemons.',
      resolve: async ({ account, daemonId }) => (await readBelonging(account, daemonId, 'daemon'))?.name ?? null,
    }),
  }),
});

builder.objectField(McsManagerAccountRef, 'instances', (t) =>
  t.field({
    type: [InstanceObjectRef],
    nullable: { list: true, items: false },
    extensions: { asks: 'instanceRefs', upTo: 10 },
    description: 'The instances that the user may use.',
    resolve: async (account) => {
      const refs = await readFacet(account, 'instanceRefs');
      return refs === null ? null : refs.map((ref) => ({ ...ref, account }));
    },
  }),
);
