import { isDeepStrictEqual } from 'node:util';
import type { Contender } from '../contenders/contender.ts';
import type { Call } from '../load/burst.ts';
import { formatRequest, openClient } from '../load/client.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Stage } from '../scenarios/stage.ts';
import type { Server } from './servers.ts';

/** The requests by which a contender is asked what a scenario asks; null when it takes no part. */
export function askingOf(contender: Contender, scenario: Scenario, stage: Stage): readonly Buffer[] | null {
  const path = contender.path(scenario);
  if (path === null) return null;
  const { document: query } = scenario;
  return scenario.variables(stage).map((variables) => formatRequest(path, contender.headers, { query, variables }));
}

/** Asks everything once, and gives the bodies in the order of the requests. */
export async function firstAnswers(server: Server, requests: readonly Buffer[]): Promise<readonly Buffer[]> {
  await untilListening(server);
  const bodies: Buffer[] = [];
  let failed: (error: Error) => void = () => {};
  const failure = new Promise<never>((_, reject) => {
    failed = reject;
  });
  const client = await openClient(server.port, (error) => failed(error));
  try {
    for (const request of requests) {
      bodies.push(await Promise.race([failure, new Promise<Buffer>((resolve) => client.ask(request, resolve))]));
    }
    return bodies;
  } finally {
    client.close();
  }
}

/** Throws unless both say the same, and that without an error. */
export function expectSameData(name: string, told: readonly Buffer[], reference: readonly Buffer[]): void {
  for (const [at, body] of told.entries()) {
    const expected = parseAnswer(reference[at]);
    const actual = parseAnswer(body);
    if (actual.errors !== undefined || actual.data == null || !isDeepStrictEqual(actual.data, expected.data)) {
      throw new Error(`${name} answers differently:\n${clip(body)}\ninstead of\n${clip(reference[at])}`);
    }
  }
}

export const toCalls = (requests: readonly Buffer[], bodies: readonly Buffer[]): readonly Call[] =>
  requests.flatMap((request, at) => {
    const expected = bodies[at];
    return expected === undefined ? [] : [{ request, expected }];
  });

/** Resolves as soon as a connection is taken. */
export async function untilListening(server: Server): Promise<void> {
  for (;;) {
    const ended = server.ended();
    if (ended !== undefined) throw new Error(ended);
    try {
      const client = await openClient(server.port, () => {});
      return client.close();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }
}

const parseAnswer = (body: Buffer | undefined): { readonly data?: unknown; readonly errors?: unknown } =>
  JSON.parse(body?.toString() ?? '{}');

const clip = (body: Buffer | undefined): string => body?.toString('utf8', 0, 2_000) ?? 'nothing';
