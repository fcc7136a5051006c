import { type Ask, requireCaller } from './ask.ts';
import { float, type Json, type JsonObject } from './json.ts';
import type { HordeTeam } from './records.ts';
import { notFound, notModerator } from './refusals.ts';
import { type HordeWorld, uniqueAlias } from './world.ts';

/** `GET /v2/teams` */
export const listTeams = (ask: Ask): Json =>
  ask.cache.remember('teams', 10, () => ask.mask([...ask.world.teams.values()].map((team) => teamDetails(ask.world, team))));

/** `GET /v2/teams/{id}`: open to those without a key, and shut to those whose key is no moderator's. */
export function readTeam(ask: Ask): Json {
  if (ask.key !== undefined && !requireCaller(ask, 'The Moderator or Owner API key.').roles.moderator) throw notModerator();
  return ask.cache.remember(`team ${ask.target}`, 3, () => {
    const team = ask.world.teams.get(ask.target);
    if (!team) throw notFound('Team', ask.target, 'TeamNotFound');
    return ask.mask(teamDetails(ask.world, team));
  });
}

function teamDetails(world: HordeWorld, team: HordeTeam): JsonObject {
  const creator = world.users.get(team.creatorId);
  const members = [...world.workers.values()].filter((worker) => worker.teamId === team.id);
  const models = Map.groupBy(
    members.flatMap((worker) => worker.models),
    (model) => model,
  );
  return {
    info: team.info,
    requests_fulfilled: team.requestsFulfilled,
    kudos: float(team.kudos),
    uptime: team.uptime,
    ...(creator ? { creator: uniqueAlias(creator) } : {}),
    worker_count: members.length,
    workers: members.map(({ type, name, id, online }) => ({ type, name, id, online })),
    models: [...models].map(([name, uses]) => ({ name, count: uses.length })),
    name: team.name,
    id: team.id,
  };
}
