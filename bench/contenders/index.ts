import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { rollcallContenders } from './rollcall.ts';
import type { Setup } from './setup.ts';

/** Everybody who is measured, in the order of the report. */
export const contendersFor = (setup: Setup): readonly Contender[] => [...rollcallContenders(setup), ...others];

const others: readonly Contender[] = [
  graphql('apollo', 'Apollo Server', 'Apollo Server with RESTDataSource and DataLoader'),
  graphql('yoga', 'Yoga and Pothos', 'GraphQL Yoga with Pothos, DataLoader and fetch'),
  graphql('mercurius', 'Mercurius', 'Mercurius with its loaders, its JIT and fetch'),
  {
    ...graphql('mercurius', 'Mercurius, undici', 'the same with undici’s pool in place of fetch', 'undici'),
    name: 'mercurius-undici',
  },
  {
    ...serverAt('limit'),
    name: 'limit',
    label: 'by hand (limit)',
    title: 'node:http and undici by hand, without GraphQL and without a check',
    path: ({ operation }) => `/${operation}`,
  },
  {
    ...serverAt('limit'),
    name: 'limit-at-once',
    label: 'by hand, at once',
    title: 'the same, which asks the second source for everybody at once',
    path: ({ operation }) => (operation === 'join-planned' ? `/${operation}-at-once` : null),
  },
];

function graphql(name: string, label: string, title: string, ...args: readonly string[]): Contender {
  return { ...serverAt(name, args), name, label, title, path: () => '/graphql' };
}

function serverAt(folder: string, args: readonly string[] = []): Pick<Contender, 'command' | 'headers'> {
  const main = fileURLToPath(new URL(`./${folder}/main.ts`, import.meta.url));
  return { command: ({ setup }, port) => [main, setup, String(port), ...args], headers: {} };
}
