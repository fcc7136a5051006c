import type { TrafficState } from '../../http/client.ts';
import type { QuotaState } from '../../steady/ledger.ts';
import { builder } from '../builder.ts';
import { SourceRef } from './source.ts';

const BreakerRef = builder.enumType('SourceBreaker', {
  description: 'Whether a source is asked. Where some is asked with a key and some without, the worse of the two.',
  values: {
    CLOSED: { description: 'It is asked as usual.' },
    OPEN: { description: 'It has failed too often, and is left alone for a while.' },
    HALF_OPEN: { description: 'The while is over: the next request finds out whether it is well again.' },
  } as const,
});

const QuotaRef = builder.objectRef<QuotaState>('SourceQuota');

QuotaRef.implement({
  description: 'How often something may be asked of a source, and how often it still may.',
  fields: (t) => ({
    route: t.exposeString('route', {
      nullable: false,
      description: 'What is counted, in a word of the source’s kind: `users` is the Horde’s list. `*` is everything together.',
    }),
    limit: t.exposeInt('limit', { nullable: true, description: 'Null where the source has not said.' }),
    left: t.exposeInt('left', { nullable: true, description: 'Null where nothing is known but that it is not used up.' }),
    resetsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When all of it will be there again; null while none of it is used.',
      resolve: ({ resetMs }) => (resetMs === null ? null : new Date(Date.now() + resetMs)),
    }),
  }),
});

const StateRef = builder.objectRef<TrafficState>('SourceState');

StateRef.implement({
  description:
    'How asking a source goes, on behalf of those who are asked for with the same key as you: the service’s, or one of your own. It says nothing of others.',
  fields: (t) => ({
    breaker: t.field({
      type: BreakerRef,
      nullable: false,
      description: 'Whether it is asked at all.',
      resolve: ({ breaker }) => breaker,
    }),
    running: t.exposeInt('running', { nullable: false, description: 'Requests under way.' }),
    waiting: t.exposeInt('waiting', { nullable: false, description: 'Requests that wait for their turn.' }),
    requests: t.exposeFloat('requests', { nullable: false, description: 'Sent since the start, repeated ones among them.' }),
    failures: t.exposeFloat('failures', { nullable: false, description: 'Of them, those that the source failed to answer.' }),
    retries: t.exposeFloat('retries', { nullable: false, description: 'Of them, those that repeated one that had failed.' }),
    shared: t.exposeFloat('shared', {
      nullable: false,
      description: 'Answered without a request of their own, by an equal one that was under way.',
    }),
    medianLatency: t.float({
      nullable: true,
      description: 'Milliseconds, the median of its last answers. Null before the first.',
      resolve: ({ latency }) => latency,
    }),
    quota: t.field({
      type: [QuotaRef],
      nullable: false,
      // A few routes, each with a limit or two.
      extensions: { upTo: 20 },
      description: 'What is counted, as far as something of it has been used. Counts for single users are not shown.',
      resolve: ({ quota }) => [...quota],
    }),
  }),
});

builder.objectField(SourceRef, 'state', (t) =>
  t.field({
    type: StateRef,
    nullable: true,
    extensions: { needs: 'read' },
    description: 'How asking it goes. Asks nothing upstream. Needs the scope `read` or a key of your own for the source.',
    resolve: ({ source, permit }, _args, context) => {
      context.onlyForNow();
      if (!permit.holds('read')) throw permit.refuse('identity');
      return source.traffic?.stateFor(permit.credential) ?? null;
    },
  }),
);
