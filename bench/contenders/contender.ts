import type { Scenario } from '../scenarios/scenario.ts';

/** Somebody who answers the scenarios' operations, in a process of their own. */
export interface Contender {
  readonly name: string;
  /** For plots and tables. */
  readonly label: string;
  /** What `node` is started with. The setup is a file that `setup.ts` reads, the port one to listen on. */
  readonly command: (files: Files, port: number) => readonly string[];
  /** Where the operation is asked; null when this contender does not take part. */
  readonly path: (scenario: Scenario) => string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Why it cannot take part in this version at all. */
  readonly unavailable?: string;
}

export interface Files {
  /** Of all contenders but us. */
  readonly setup: string;
  /** Writes a file beside it and says where. */
  readonly write: (name: string, content: object) => string;
}
