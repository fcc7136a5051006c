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

/** For a first look. */
export const quickly = 'one-user,list,join,join-planned,join-same';

/** Those with these names, separated by commas; all when there are none. Throws when there is no such scenario. */
export function pick(names: string | undefined): readonly Scenario[] {
  if (names === undefined) return scenarios;
  return names.split(',').map((name) => {
    const found = scenarios.find((scenario) => scenario.name === name);
    if (found === undefined)
      throw new Error(`there is no scenario ${name}, but ${scenarios.map((each) => each.name).join(', ')}`);
    return found;
  });
}

/** The same, with sources that take their time. */
function slow(scenario: Scenario, name: string): Scenario {
  return {
    ...scenario,
    name,
    title: `${scenario.title}, 20 ms away`,
    connections: 50,
    sourceConnections: 256,
    latencyMs: 20,
  };
}

/** The same, with every client asking for the same thing. */
function alike(scenario: Scenario, name: string): Scenario {
  const first = (stage: Stage): readonly Variables[] => scenario.variables(stage).slice(0, 1);
  return { ...scenario, name, title: `${scenario.title}, the same for all`, variables: first };
}
