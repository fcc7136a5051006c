import { z } from 'zod';

/** Null where the system does not tell. */
const Measured = z.number().nullable();

export const Visit = z.object({
  operations: z.number(),
  seconds: z.number(),
  /** Of processor time, of the server's process. */
  cpuSeconds: Measured,
  upstreamRequests: z.number(),
  /** Milliseconds. */
  p50: z.number(),
  p99: z.number(),
});
/** One contender, visited once in one round. */
export type Visit = z.infer<typeof Visit>;

export const Start = z.object({
  /** Milliseconds from starting the process to its first right answer. */
  ms: z.number(),
  cpuSeconds: Measured,
});
export type Start = z.infer<typeof Start>;

export const Soaked = z.object({
  operations: z.number(),
  /** Bytes that the process held after the first answers, and after all of them and a pause. */
  before: Measured,
  after: Measured,
});
export type Soaked = z.infer<typeof Soaked>;

const ScenarioResult = z.object({
  name: z.string(),
  title: z.string(),
  connections: z.number(),
  latencyMs: z.number(),
  visits: z.record(z.string(), z.array(Visit)),
});
export type ScenarioResult = z.infer<typeof ScenarioResult>;

/** All that one run found out. By contender where there is one for each. */
export const Results = z.object({
  day: z.string(),
  machine: z.object({ cores: z.number(), node: z.string(), platform: z.string(), pinned: z.boolean() }),
  pace: z.object({ rounds: z.number(), visitMs: z.number(), warmUpMs: z.number() }),
  contenders: z.array(z.object({ name: z.string(), label: z.string(), unavailable: z.string().optional() })),
  scenarios: z.array(ScenarioResult),
  starts: z.record(z.string(), z.array(Start)),
  soak: z.record(z.string(), Soaked),
});
export type Results = z.infer<typeof Results>;
