import type { HordeSharedKey, HordeStyle, HordeStyleRef, HordeWorker } from '../../domain/accounts/horde.ts';
import { builder } from '../builder.ts';
import { type AccountNode, readFacet } from '../context.ts';
import { fromFacet } from '../facet-field.ts';
import { readBelonging, readBelongings } from './belongings.ts';
import { HordeAccountRef } from './horde-account.ts';

const HordeWorkerRef = builder.objectRef<HordeWorker>('HordeWorker');

HordeWorkerRef.implement({
  description: 'A machine that serves requests for an AI Horde, idle ones too.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'A UUID, the Horde’s own.' }),
    name: t.exposeString('name', { nullable: false, description: 'Its name, unique on the Horde.' }),
    type: t.exposeString('type', { nullable: false, description: '`image`, `text` or `interrogation`, the last for alchemy.' }),
    online: t.exposeBoolean('online', { nullable: false, description: 'Seen within the last five minutes.' }),
    trusted: t.exposeBoolean('trusted', { nullable: true, description: 'Whether its owner is trusted.' }),
    flagged: t.exposeBoolean('flagged', { nullable: true, description: 'Whether its owner is flagged.' }),
    maintenanceMode: t.exposeBoolean('maintenanceMode', {
      nullable: true,
      description: 'Finishes what it has and takes nothing new.',
    }),
    nsfw: t.exposeBoolean('nsfw', { nullable: true, description: 'Serves requests that are not safe for work.' }),
    info: t.exposeString('info', { nullable: true, description: 'What its owner says about it.' }),
    models: t.exposeStringList('models', { nullable: false, description: 'The models it serves; empty when it does not say.' }),
    bridgeAgent: t.exposeString('bridgeAgent', { nullable: true, description: 'The software it runs: `name:version:address`.' }),
    threads: t.exposeInt('threads', { nullable: true, description: 'How many requests it serves at once.' }),
    uptime: t.expose('uptime', { type: 'SafeInt', nullable: true, description: 'Seconds it has been on the Horde in all.' }),
    requestsFulfilled: t.expose('requestsFulfilled', {
      type: 'SafeInt',
      nullable: true,
      description: 'How many requests it has served.',
    }),
    uncompletedJobs: t.expose('uncompletedJobs', {
      type: 'SafeInt',
      nullable: true,
      description: 'How many it took and did not finish.',
    }),
    kudosRewards: t.exposeFloat('kudosRewards', { nullable: true, description: 'Kudos it has earned.' }),
    performance: t.exposeString('performance', { nullable: true, description: 'Its speed, in the Horde’s own words.' }),
    maxPixels: t.expose('maxPixels', {
      type: 'SafeInt',
      nullable: true,
      description: 'Image workers: the largest image, in pixels.',
    }),
    maxLength: t.exposeInt('maxLength', { nullable: true, description: 'Text workers: the longest answer, in tokens.' }),
    maxContextLength: t.exposeInt('maxContextLength', {
      nullable: true,
      description: 'Text workers: the longest context, in tokens.',
    }),
    teamId: t.exposeID('teamId', { nullable: true, description: 'The team it works for; null for none.' }),
    teamName: t.exposeString('teamName', { nullable: true, description: 'That team’s name.' }),
  }),
});

const HordeStyleObjectRef = builder.objectRef<ListedStyle>('HordeStyle');

/** A style as the account lists it; what more there is costs a request of its own. */
interface ListedStyle extends HordeStyleRef {
  readonly account: AccountNode;
}

const style = <Value>(show: (style: HordeStyle) => Value) => ({
  nullable: true as const,
  extensions: { reads: 'hordeStyle' },
  resolve: async (ref: ListedStyle): Promise<Value | null> => {
    const read = await readBelonging(ref.account, `${ref.type}/${ref.id}`, 'hordeStyle');
    return read === null ? null : show(read);
  },
});

HordeStyleObjectRef.implement({
  description:
    'A named set of parameters and prompts for generating. Beyond `id`, `type` and `name` it costs a request, and the Horde allows 20 an hour for each image style.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'A UUID, the Horde’s own.' }),
    type: t.exposeString('type', { nullable: false, description: '`image` or `text`.' }),
    name: t.exposeString('name', { nullable: false, description: '`alias#id::style::name`.' }),
    info: t.string({ ...style(({ info }) => info), description: 'What its maker says about it.' }),
    prompt: t.string({ ...style(({ prompt }) => prompt), description: 'The prompt, with places for the user’s own.' }),
    public: t.boolean({ ...style((read) => read.public), description: 'Whether it is listed for everybody.' }),
    nsfw: t.boolean({ ...style(({ nsfw }) => nsfw), description: 'Whether it is meant for what is not safe for work.' }),
    tags: t.stringList({ ...style(({ tags }) => [...tags]), description: 'Words it can be found by.' }),
    models: t.stringList({ ...style(({ models }) => [...models]), description: 'The models it is made for.' }),
    useCount: t.field({ type: 'SafeInt', ...style(({ useCount }) => useCount), description: 'How often it was used.' }),
  }),
});

const HordeSharedKeyRef = builder.objectRef<HordeSharedKey>('HordeSharedKey');

HordeSharedKeyRef.implement({
  description: 'A key by which others spend the user’s kudos. Its id is the credential itself.',
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'The UUID by which it is used. Treat it as a secret.' }),
    name: t.exposeString('name', { nullable: true, description: 'What its owner calls it.' }),
    kudos: t.exposeFloat('kudos', { nullable: false, description: 'What is left to spend; -1 is without limit, 0 is spent.' }),
    utilized: t.exposeFloat('utilized', { nullable: false, description: 'What has been spent.' }),
    expiry: t.expose('expiry', { type: 'DateTime', nullable: true, description: 'When it ends; null: never.' }),
    maxImagePixels: t.expose('maxImagePixels', {
      type: 'SafeInt',
      nullable: false,
      description: 'The largest image; -1 is without limit.',
    }),
    maxImageSteps: t.expose('maxImageSteps', {
      type: 'SafeInt',
      nullable: false,
      description: 'The most sampling steps; -1 is without limit.',
    }),
    maxTextTokens: t.expose('maxTextTokens', {
      type: 'SafeInt',
      nullable: false,
      description: 'The longest text; -1 is without limit.',
    }),
  }),
});

builder.objectFields(HordeAccountRef, (t) => ({
  workerIds: t.idList({
    ...fromFacet('hordeWorkerIds', (ids) => [...ids]),
    description:
      'The user’s workers, idle ones too. Shown to everybody only if the user made them public; else needs the user’s own key or a moderator’s. A caller with scopes needs this one for the public ones, too, which callers without any are shown.',
  }),
  workers: t.field({
    type: [HordeWorkerRef],
    nullable: { list: true, items: true },
    extensions: { asks: 'hordeWorkerIds', upTo: 20, readsEach: 'hordeWorker' },
    description: 'The same workers in full, at one request each. Null in the place of a worker that is gone.',
    resolve: (account) => readBelongings(account, 'hordeWorkerIds', (ids) => ids, 'hordeWorker'),
  }),
  styles: t.field({
    type: [HordeStyleObjectRef],
    nullable: { list: true, items: false },
    extensions: { asks: 'hordeStyleRefs', upTo: 20 },
    description: 'Styles the user made: the public ones, and with the user’s own key or a moderator’s the private ones.',
    resolve: async (account) => {
      const refs = await readFacet(account, 'hordeStyleRefs');
      return refs === null ? null : refs.map((ref) => ({ ...ref, account }));
    },
  }),
  sharedKeyIds: t.idList({
    ...fromFacet('hordePrivate', ({ sharedKeyIds }) => [...sharedKeyIds]),
    description: 'The keys the user made for others. Each id is a credential. Needs the user’s own key or a moderator’s.',
  }),
  sharedKeys: t.field({
    type: [HordeSharedKeyRef],
    nullable: { list: true, items: true },
    extensions: { asks: 'hordePrivate', upTo: 10, readsEach: 'hordeSharedKey' },
    description: 'The same keys in full, at one request each.',
    resolve: (account) => readBelongings(account, 'hordePrivate', ({ sharedKeyIds }) => sharedKeyIds, 'hordeSharedKey'),
  }),
}));
