import { fileURLToPath } from 'node:url';
import type { Contender } from './contender.ts';
import { rollcallContenders } from './rollcall.ts';
import type { Setup } from './setup.ts';

/** Everybody who is measured, in the order of the report. `program` is the Rollcall that takes part. */
export const contendersFor = (setup: Setup, program: string): readonly Contender[] => [
  ...rollcallContenders(setup, program),
  ...others,
];

const others: readonly Contender[] = [
  graphql('apollo', 'Apollo Server'),
  graphql('yoga', 'Yoga and Pothos'),
  graphql('mercurius', 'Mercurius'),
  {
    ...graphql('mercurius', 'Mercurius, undici', 'undici'),
    name: 'mercurius-undici',
  },
  {
    ...serverAt('limit'),
    name: 'limit',
    label: 'by hand (limit)',
    path: ({ operation }) => `/${operation}`,
  },
  {
    ...serverAt('limit'),
    name: 'limit-at-once',
    label: 'by hand, at once',
    path: ({ operation }) => (operation === 'join-planned' ? `/${operation}-at-once` : null),
  },
];

function graphql(name: string, label: string, ...args: readonly string[]): Contender {
  return { ...serverAt(name, args), name, label, path: () => '/graphql' };
}

function serverAt(folder: string, args: readonly string[] = []): Pick<Contender, 'command' | 'headers'> {
  const main = fileURLToPath(new URL(`./${folder}/main.ts`, import.meta.url));
  return { command: ({ setup }, port) => [main, setup, String(port), ...args], headers: {} };
}
