import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { rollcallContenders } from './rollcall.ts';
import type { Setup } from './setup.ts';

/** Everybody who is measured, in the order of the report. */
export const contendersFor = (setup: Setup): readonly Contender[] => [...rollcallContenders(setup), ...others];

/** What everything is compared with. */
export const limitName = 'limit';

const others: readonly Contender[] = [
  graphql('yoga', 'GraphQL Yoga, Pothos, DataLoader, fetch'),
  {
    ...serverAt('limit'),
    name: limitName,
    title: 'node:http and undici by hand',
    path: ({ operation }) => `/${operation}`,
  },
  {
    ...serverAt('limit'),
    name: 'limit-at-once',
    title: 'the same, the second source asked at once',
    path: ({ operation }) => (operation === 'join-planned' ? `/${operation}-at-once` : null),
  },
];

function graphql(name: string, title: string): Contender {
  return { ...serverAt(name), name, title, path: () => '/graphql' };
}

function serverAt(folder: string): Pick<Contender, 'command' | 'headers'> {
  const main = fileURLToPath(new URL(`./${folder}/main.ts`, import.meta.url));
  return { command: ({ setup }, port) => [main, setup, String(port)], headers: {} };
}
