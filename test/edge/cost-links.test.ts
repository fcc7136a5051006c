import { expect, test } from 'vitest';
import { startCommunity } from '../../src/twins/community.ts';
import { type As, openEstimator } from './costed.ts';

const list = (source: string) =>
  `{ users(source: "${source}", first: 5) { edges { node { id horde { kudos } mcsManager { loginTime } openWebUI { email } } } } }`;
const madeUp = { 'x-source-key-webui': 'x' };

test.for<[string, string, As, string[]]>([
  ['everywhere to who may read everywhere', 'webui', {}, ['horde', 'mcsmanager', 'webui']],
  [
    'nowhere from a source of which only a key tells that nobody has checked',
    'webui',
    { headers: madeUp, scopes: [] },
    ['webui'],
  ],
  ['only where the caller may know of somebody', 'horde', { scopes: [{ scope: 'read', source: 'horde' }] }, ['horde']],
  ['not to a source of which only such a key tells', 'horde', { headers: madeUp, scopes: [] }, ['horde']],
])('the price of a list follows links %s, as its answer does', async ([, source, as, asked]) => {
  await using community = await startCommunity({ size: 24 });
  await using estimator = openEstimator(community);

  const { charges } = estimator.cost(list(source), {}, as);

  expect([...new Set(charges.map((charge) => charge.source))].toSorted()).toEqual(asked);
});
