import type { Stage } from './stage.ts';

/** One operation, with what is asked for in turn, and how hard. */
export interface Scenario {
  readonly name: string;
  /** What is asked, which several scenarios may have in common. The limit answers it at the path of this name. */
  readonly operation: string;
  /** What it shows, for the report. */
  readonly title: string;
  readonly document: string;
  /** Asked one after the other, over and over. One alone: every client asks for the same thing. */
  readonly variables: (stage: Stage) => readonly Variables[];
  /** Clients at once, each with one operation under way. */
  readonly connections: number;
  /** That every contender may have to each source. */
  readonly sourceConnections: number;
  /** What the sources take for each answer, beyond what it takes to send it. */
  readonly latencyMs: number;
}

export type Variables = Readonly<Record<string, unknown>>;
