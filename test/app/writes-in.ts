import { isWrite, twinNames } from './random-faults.ts';
import type { Rollcall } from './rollcall.ts';

/** What reached the twins since they were last asked, and was to change something: `mcsManager PUT`. */
export const writesIn = ({ community }: Pick<Rollcall, 'community'>): string[] =>
  twinNames.flatMap((name) =>
    community[name].requests.filter(({ method, path }) => isWrite(method, path)).map(({ method }) => `${name} ${method}`),
  );
