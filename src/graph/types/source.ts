import type { Role } from '../../domain/facets.ts';
import { SourceError, saysNothingOfReach } from '../../errors.ts';
import type { SourceStatus } from '../../sources/contract.ts';
import { builder } from '../builder.ts';
import type { OpenSource } from '../context.ts';
import { leading } from '../leading.ts';
import { AccountRef, RoleRef } from './account.ts';

const kinds = {
  AI_HORDE: { description: 'An AI Horde: a grid of volunteers’ GPUs.' },
  MCS_MANAGER: { description: 'An MCSManager: a panel for game servers.' },
  OPEN_WEBUI: { description: 'An Open WebUI: a chat front end.' },
  OTHER: { description: 'A kind that was added to this Rollcall; `kindName` has its name.' },
} as const;

export const SourceKindRef = builder.enumType('SourceKind', { description: 'A sort of upstream.', values: kinds });

export const kindOf = (open: OpenSource): keyof typeof kinds =>
  // `in` has just shown that the text is a key.
  open.source.kind in kinds ? (open.source.kind as keyof typeof kinds) : 'OTHER';

export const SourceRef = builder.objectRef<OpenSource>('Source');

const CapabilitiesRef = builder.objectRef<OpenSource>('SourceCapabilities');

CapabilitiesRef.implement({
  description: 'What a source can be asked beyond one account by id.',
  fields: (t) => ({
    orders: t.stringList({
      nullable: false,
      description:
        'The orders its list can be read in, the default first. Those that `UserOrder` has are taken by `users(orderBy:)`. All are taken by the list of the source’s kind, if it has such an argument: a word with `_ASC` or `_DESC` at its end is there `orderBy` and `direction`, so `EMAIL_DESC` is `openWebUIAccounts(orderBy: EMAIL, direction: DESC)`.',
      resolve: ({ source }) => [...source.capabilities.orders],
    }),
    searchesBySubstring: t.boolean({
      nullable: false,
      description: 'True when names can be searched by any part; false when only a whole username finds somebody.',
      resolve: ({ source }) => source.capabilities.search === 'CONTAINS',
    }),
    filtersByRole: t.field({
      type: [RoleRef],
      nullable: false,
      description: 'The roles to which its list can be narrowed.',
      // The keys are roles, by the contract's type.
      resolve: ({ source }) => Object.keys(source.capabilities.roleWords) as Role[],
    }),
    totalCount: t.boolean({
      nullable: false,
      description: 'Whether it tells how many accounts it has.',
      resolve: ({ source }) => source.capabilities.totalCount,
    }),
    paging: t.string({
      nullable: false,
      description: 'What can be promised to somebody who walks its list page by page while accounts come and go.',
      resolve: ({ source }) => source.capabilities.paging,
    }),
    limits: t.stringList({
      nullable: false,
      description: 'What it cannot do, and what to do instead.',
      resolve: ({ source }) => [...source.capabilities.limits],
    }),
  }),
});

interface Checked {
  readonly status: SourceStatus | SourceError;
  /** Milliseconds. */
  readonly latency: number;
}

const checks = new WeakMap<OpenSource, Promise<Checked>>();

/** Asked once in an operation, however many fields want it. */
function check(open: OpenSource): Promise<Checked> {
  const running = checks.get(open) ?? runCheck(open);
  checks.set(open, running);
  return running;
}

async function runCheck(open: OpenSource): Promise<Checked> {
  const started = performance.now();
  const status = await open
    .session()
    .status()
    .catch((error: unknown) => {
      if (error instanceof SourceError) return error;
      throw error;
    });
  return { status, latency: performance.now() - started };
}

/** It has failed so often that it is not asked, with the caller's key or without one. */
const isLeftAlone = ({ source, permit }: OpenSource): boolean =>
  source.traffic !== undefined && source.traffic.stateFor(permit.credential, true).breaker !== 'CLOSED';

const told = (status: Checked['status'], field: keyof SourceStatus): string | null =>
  status instanceof SourceError ? null : status[field];

/** What a release may be called; anything else is no release, and not ours to pass on. */
const releaseName = /^v?\d[\w.+-]{0,39}$/;

SourceRef.implement({
  description: 'One configured upstream. Its address and keys are never told.',
  fields: (t) => ({
    id: t.id({ nullable: false, description: 'The first part of every account id on it.', resolve: ({ source }) => source.id }),
    kind: t.field({ type: SourceKindRef, nullable: false, description: 'What sort of upstream it is.', resolve: kindOf }),
    kindName: t.string({ nullable: false, description: 'The same, for people.', resolve: ({ source }) => source.title }),
    capabilities: t.field({
      type: CapabilitiesRef,
      nullable: false,
      description: 'What it can be asked.',
      resolve: (open) => open,
    }),
    reachable: t.boolean({
      nullable: true,
      extensions: { asksStatus: true },
      description:
        'Whether it answered just now; null where it was not asked, or wanted to be left alone, and nothing speaks against it: `problem` says which.',
      resolve: async (open) => {
        const { status } = await check(open);
        if (!(status instanceof SourceError)) return true;
        return saysNothingOfReach.has(status.code) && !isLeftAlone(open) ? null : false;
      },
    }),
    problem: t.string({
      nullable: true,
      extensions: { asksStatus: true },
      description: 'The code of what is wrong with it just now, such as `SOURCE_TIMEOUT`; null when it answers.',
      resolve: async (open) => {
        const { status } = await check(open);
        return status instanceof SourceError ? status.code : null;
      },
    }),
    latency: t.float({
      nullable: true,
      extensions: { asksStatus: true },
      description: 'Milliseconds that it took to answer just now.',
      resolve: async (open) => (await check(open)).latency,
    }),
    version: t.string({
      nullable: true,
      extensions: { asksStatus: true },
      description: 'The release it says it is. Null when it does not answer, or says something that is no release.',
      resolve: async (open) => releaseName.exec(told((await check(open)).status, 'version') ?? '')?.[0] ?? null,
    }),
    message: t.string({
      nullable: true,
      extensions: { asksStatus: true },
      description:
        'Its own word about its health, where it has one: the Horde says `OK`, `OVERLOADED` or `DOWN`; `UNKNOWN` stands for a word that is not known here.',
      resolve: async (open) => told((await check(open)).status, 'message'),
    }),
  }),
});

builder.interfaceField(AccountRef, 'source', (t) =>
  t.field({ type: SourceRef, nullable: false, description: 'Where the account is.', resolve: ({ open }) => open }),
);

builder.queryField('sources', (t) =>
  t.field({
    type: [SourceRef],
    nullable: false,
    extensions: leading((_args, { sources }) => ({ items: sources.size })),
    description:
      'The configured sources, in the order of the configuration. Asks nothing upstream for `id`, `kind` and `capabilities`.',
    resolve: (_root, _args, context) => [...context.sources.values()],
  }),
);
