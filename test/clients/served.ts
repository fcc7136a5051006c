import { type Rollcall, type RollcallOptions, startRollcall } from '../app/rollcall.ts';
import { listen } from '../federation/listening.ts';

/** A Rollcall over its twins, on a port where any client can reach it. */
export interface Served extends AsyncDisposable {
  readonly rollcall: Rollcall;
  readonly uri: string;
}

export async function serve(options: RollcallOptions = {}): Promise<Served> {
  const rollcall = await startRollcall(options);
  const listening = await listen(rollcall.app.handle);
  return {
    rollcall,
    uri: `${listening.url}/graphql`,
    [Symbol.asyncDispose]: async () => {
      await listening[Symbol.asyncDispose]();
      await rollcall[Symbol.asyncDispose]();
    },
  };
}

/** The same with one more part for the edge. */
export const withEdge = (edge: object): RollcallOptions => ({ config: (input) => ({ ...input, edge }) });
