import { expect } from 'vitest';
import { type Answer, type Rollcall, type RollcallOptions, startRollcall } from './rollcall.ts';

/** A Rollcall that is asked what nobody should ask. Starting and stopping it is the file's own affair. */
export interface Target {
  readonly rollcall: Rollcall;
  /** Asks with the count of upstream requests at zero. */
  asked(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Answer<Record<string, unknown>>>;
  /** Told with one sentence that names the cure, and before anything was asked of anybody. */
  expectRefused(answer: Answer<Record<string, unknown>>, path: readonly (string | number)[]): void;
  expectNobodyAsked(): void;
}

export async function startTarget(options: RollcallOptions = { size: 60, horde: { limits: false } }): Promise<Target> {
  const rollcall = await startRollcall(options);
  const expectNobodyAsked = (): void => expect(rollcall.calls()).toEqual({ horde: 0, mcsManager: 0, openWebUI: 0 });
  return {
    rollcall,
    expectNobodyAsked,
    asked: (query, variables) => {
      rollcall.calls();
      return rollcall.askText(query, variables);
    },
    expectRefused: ({ errors }, path) => {
      expect(errors).toHaveLength(1);
      const [error] = errors ?? [];
      expect(error?.extensions).toEqual({ code: 'BAD_USER_INPUT' });
      expect(error?.path).toEqual(path);
      expect(error?.message).toMatch(/^\S.{10,300}[.]$/s);
      expectNobodyAsked();
    },
  };
}
