import { type Rollcall, type RollcallOptions, startRollcall } from '../app/rollcall.ts';

/** A Rollcall that keeps answers, and a clock that goes only when it is told to. */
export interface Keeping extends AsyncDisposable {
  readonly rollcall: Rollcall;
  /** The data of an operation; throws on errors. */
  data(query: string, headers?: HeadersInit): Promise<Record<string, unknown>>;
  /** How many requests that took in all. */
  calls(): number;
  /** Lets seconds go by. */
  pass(seconds: number): void;
  /** What the clock says, in milliseconds since 1970. */
  now(): number;
}

export async function startKeeping(options: RollcallOptions = {}): Promise<Keeping> {
  let time = Date.now();
  const rollcall = await startRollcall({ size: 40, ...options, cache: true, now: () => time });
  return {
    rollcall,
    data: async (query, headers) => {
      const { data, errors } = await rollcall.askText(query, {}, headers);
      if (errors !== undefined || data == null) throw new Error(JSON.stringify(errors));
      return data;
    },
    calls: () => {
      const { horde, mcsManager, openWebUI } = rollcall.calls();
      return horde + mcsManager + openWebUI;
    },
    pass: (seconds) => {
      time += seconds * 1_000;
    },
    now: () => time,
    [Symbol.asyncDispose]: () => rollcall[Symbol.asyncDispose](),
  };
}

/** Until whatever goes on behind an answer has come to this. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 5));
}
