import { join, joinPlanned } from './join.ts';
import { list } from './list.ts';
import { oneUser } from './one-user.ts';
import { repeated } from './repeated.ts';
import type { Scenario, Variables } from './scenario.ts';
import type { Stage } from './stage.ts';

/** Everything that is measured under load, in the order of the report. */
export const scenarios: readonly Scenario[] = [
  oneUser,
  list,
  join,
  joinPlanned,
  repeated,
  slow(join, 'join-slow'),
  slow(repeated, 'repeated-slow'),
  alike(oneUser, 'one-user-same'),
  alike(join, 'join-same'),
];

/** The same, with sources that take their time. */
function slow(scenario: Scenario, name: string): Scenario {
  return { ...scenario, name, title: `${scenario.title}, sources 20 ms away`, connections: 50, latencyMs: 20 };
}

/** The same, with every client asking for the same thing. */
function alike(scenario: Scenario, name: string): Scenario {
  const first = (stage: Stage): readonly Variables[] => scenario.variables(stage).slice(0, 1);
  return { ...scenario, name, title: `${scenario.title}, the same for every client`, variables: first };
}
