import type { Logger } from 'pino';
import type { TrafficChange } from './http/client.ts';
import type { ConnectedSource } from './sources/connecting.ts';

/** A line for each change of how a source is asked; none while it goes on as before. */
export function logTraffic(sources: readonly ConnectedSource[], log: Logger): void {
  for (const { source, watch } of sources) watch((change) => logChange(change, source.id, log));
}

function logChange(change: TrafficChange, source: string, log: Logger): void {
  if (change.what === 'quota') {
    const { route, isSpent } = change;
    if (route === '*') log[isSpent ? 'warn' : 'info']({ source }, isSpent ? budgetSpent : 'there is a budget for a source again');
    else log[isSpent ? 'warn' : 'info']({ source, route }, isSpent ? routeSpent : 'a route of a source may be asked again');
    return;
  }
  // Whose key it is stays out of it; one caller is as good as another.
  const about = { source, breaker: change.state, counts: change.whose ?? 'connections' };
  if (change.state === 'OPEN') log.warn(about, 'a source fails and is not asked for now');
  else if (change.state === 'CLOSED') log.info(about, 'a source is well again');
  else log.debug(about, 'one request finds out whether a source is well again');
}

const budgetSpent = 'the budget for a source is used up for now';
/** By our count, or because the source said so. */
const routeSpent = 'a route of a source may not be asked for now';
