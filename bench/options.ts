import { parseArgs } from 'node:util';
import { pick, quickly, scenarios } from './scenarios/index.ts';
import type { Scenario } from './scenarios/scenario.ts';

export interface Options {
  readonly scenarios: readonly Scenario[];
  /** Null: all. The limit always takes part. */
  readonly contenders: ReadonlySet<string> | null;
  readonly pace: { readonly rounds: number; readonly visitMs: number; readonly warmUpMs: number };
  /** How often each is started, and what it is soaked with; null when only some scenarios are run. */
  readonly lives: { readonly starts: number; readonly operations: number; readonly pauseMs: number } | null;
  /** Whether the page is written from this run. */
  readonly publishes: boolean;
  /** Nothing is measured; the page is written anew from the last run. */
  readonly pageOnly: boolean;
}

export const usage = `npm run bench -- [options]

  --quick             a minute or two, for a first look: few rounds of ${quickly}
  --only LIST         scenarios, separated by commas: ${scenarios.map(({ name }) => name).join(', ')}
  --contenders LIST   contenders, separated by commas; the limit always takes part
  --rounds N          how often each contender is visited in each scenario
  --publish           write docs/performance.md, its plots and its numbers from this run. A run without any option does so too
  --page              measure nothing, write the page anew from the numbers that are there
`;

const definitions = {
  quick: { type: 'boolean', default: false },
  only: { type: 'string' },
  contenders: { type: 'string' },
  rounds: { type: 'string' },
  publish: { type: 'boolean', default: false },
  page: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Null when only help was asked for. */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({ args: [...args], options: definitions });
  if (values.help) return null;
  // V8 compiles most of a server anew once in its life, for two to three seconds on its only core, and nobody knows when. So many rounds
  // have a median that was not measured then.
  const pace = values.quick ? { rounds: 2, visitMs: 300, warmUpMs: 500 } : { rounds: 9, visitMs: 700, warmUpMs: 20_000 };
  const lives = values.quick
    ? { starts: 2, operations: 1_000, pauseMs: 1_000 }
    : { starts: 5, operations: 10_000, pauseMs: 10_000 };
  return {
    scenarios: pick(values.only ?? (values.quick ? quickly : undefined)),
    contenders: values.contenders === undefined ? null : new Set(values.contenders.split(',')),
    pace: values.rounds === undefined ? pace : { ...pace, rounds: Number(values.rounds) },
    lives: values.only === undefined ? lives : null,
    publishes: values.publish || args.length === 0,
    pageOnly: values.page,
  };
}
