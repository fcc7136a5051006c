import { expect, test } from 'vitest';
import type { AimedMutation } from './aiming.ts';
import { untruths } from './judging-told.ts';
import type { Told } from './telling.ts';

// The property test is worth what its judge is worth: here is told what is not so.

const mutation: AimedMutation = { name: 'updateHordeUser', twin: 'horde', input: { trusted: true, vpn: true }, about: 'horde:1' };
const before = new Map<string, unknown>([
  ['trusted', false],
  ['vpn', false],
]);

const judge = (world: Readonly<Record<string, unknown>>, told: Told, { struck = false, dryRun = false } = {}) =>
  untruths(told, { mutation, truth: (name) => world[name], before, dryRun, struck, lied: false });

const field = (name: string, verdict: string, after: unknown = null) => ({
  name,
  requested: true,
  before: false,
  after,
  verdict,
});
const tell = (trusted: string, vpn: string, ...errors: Told['errors']): Told => ({
  sent: true,
  fields: [field('trusted', trusted, trusted === 'APPLIED' ? true : null), field('vpn', vpn, vpn === 'APPLIED' ? true : null)],
  errors,
});
const error = (__typename: string, more: object = {}) => ({ __typename, message: '', ...more });

const [all, half, none] = [
  { trusted: true, vpn: true },
  { trusted: true, vpn: false },
  { trusted: false, vpn: false },
];

test.for([
  ['done, and told as done', all, tell('APPLIED', 'APPLIED'), {}],
  [
    'half done, and told as such',
    half,
    tell('APPLIED', 'NOT_APPLIED', error('PartlyApplied', { applied: ['trusted'], missing: ['vpn'] })),
    {},
  ],
  ['not known after a fault', half, tell('APPLIED', 'UNKNOWN', error('UnknownOutcome', { unknown: ['vpn'] })), { struck: true }],
  ['not done, and told as failed', none, tell('NOT_APPLIED', 'NOT_APPLIED', error('SourceFailed')), {}],
  ['not sent', none, { ...tell('NOT_SENT', 'NOT_SENT', error('Conflict')), sent: false }, {}],
  ['a dry run', none, { ...tell('WOULD_CHANGE', 'WOULD_CHANGE'), sent: false }, { dryRun: true }],
] as const)('%s, is true', ([, world, told, circumstances]) => {
  expect(judge(world, told, circumstances)).toEqual([]);
});

test.for([
  ['success without effect', none, tell('APPLIED', 'APPLIED'), {}],
  ['success of what is half done', half, tell('APPLIED', 'ACCEPTED'), {}],
  ['failure of what was wholly done', all, tell('APPLIED', 'APPLIED', error('SourceFailed')), {}],
  ['a field that was done, as not', all, tell('APPLIED', 'NOT_APPLIED', error('SourceFailed')), {}],
  ['half done, without saying so', half, tell('APPLIED', 'NOT_APPLIED', error('SourceFailed')), {}],
  [
    'half done, with the wrong half',
    half,
    tell('APPLIED', 'NOT_APPLIED', error('PartlyApplied', { applied: ['vpn'], missing: ['trusted'] })),
    {},
  ],
  [
    'unknown, and nothing was in the way',
    none,
    tell('NOT_APPLIED', 'UNKNOWN', error('UnknownOutcome', { unknown: ['vpn'] })),
    {},
  ],
  ['unknown, and no error', none, tell('NOT_APPLIED', 'UNKNOWN', error('SourceFailed')), { struck: true }],
  ['drift without an error', none, tell('NOT_APPLIED', 'NOT_APPLIED'), {}],
  ['not sent, and yet changed', half, { ...tell('NOT_SENT', 'NOT_SENT', error('Conflict')), sent: false }, {}],
  ['a dry run that changed something', half, { ...tell('WOULD_CHANGE', 'WOULD_CHANGE'), sent: false }, { dryRun: true }],
  ['done in a dry run', all, tell('APPLIED', 'APPLIED'), { dryRun: true }],
  ['read back as something else', all, { ...tell('APPLIED', 'APPLIED'), fields: [field('vpn', 'APPLIED', false)] }, {}],
] as const)('%s, is not true', ([, world, told, circumstances]) => {
  expect(judge(world, told, circumstances)).not.toEqual([]);
});
