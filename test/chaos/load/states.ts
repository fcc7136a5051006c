import type { SourceId } from '../truth/subjects.ts';
import type { Caller } from './callers.ts';
import type { Client } from './client.ts';

/** How asking a source went, as it says itself. */
export interface ToldState {
  readonly id: SourceId;
  readonly state: {
    readonly breaker: string;
    readonly requests: number;
    readonly retries: number;
    readonly failures: number;
    readonly shared: number;
    readonly running: number;
    readonly waiting: number;
  };
}

export async function readStates(client: Client, caller: Caller): Promise<readonly ToldState[]> {
  const query = '{ sources { id state { breaker requests retries failures shared running waiting } } }';
  const { text } = await client.ask(caller, query, {});
  const { data }: { data: { sources: readonly ToldState[] } } = JSON.parse(text);
  return data.sources;
}
