import { type DocumentNode, parse } from 'graphql';
import { pino } from 'pino';
import { anonymous, everyScope } from '../../src/access/caller.ts';
import type { ScopeGrant } from '../../src/access/scopes.ts';
import { parseConfig } from '../../src/config.ts';
import type { OperationCost } from '../../src/costing/bill.ts';
import { costOf } from '../../src/costing/operation-cost.ts';
import { createCostMemory } from '../../src/costing/remembering.ts';
import { buildSchema } from '../../src/graph/schema.ts';
import { openContext } from '../../src/session.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import { kinds } from '../../src/sources/registry.ts';
import { type Community, communityConfig } from '../../src/twins/community.ts';
import { createWriteRunner } from '../../src/writing/running.ts';
import { AuditSettings, WriteSettings } from '../../src/writing/settings.ts';

export const schema = buildSchema();

/** Tells costs as a Rollcall over these twins would, whose sources have not been asked for anything yet, or for a list. */
export interface Estimator extends AsyncDisposable {
  cost(operation: string | DocumentNode, variables?: Readonly<Record<string, unknown>>, as?: As): OperationCost;
  /** The same as a server tells it that has weighed others before. */
  remembered(document: DocumentNode, variables: Readonly<Record<string, unknown>>, as: As): OperationCost;
  /** Lets each source say how many accounts it has. */
  learnPopulations(): Promise<void>;
}

export interface As {
  readonly headers?: Readonly<Record<string, string>>;
  readonly scopes?: readonly ScopeGrant[];
}

export function openEstimator(community: Community, over = schema): Estimator {
  const config = parseConfig(communityConfig(community), kinds);
  const sources = config.sources.map((each) => connectSource(each));
  const writes = createWriteRunner({
    log: pino({ level: 'silent' }),
    writes: WriteSettings.parse({}),
    audit: AuditSettings.parse({}),
  });
  const open = ({ headers = {}, scopes = everyScope }: As = {}) =>
    openContext(
      sources,
      config.identities,
      anonymous(scopes),
      { headers: new Headers(headers), signal: new AbortController().signal },
      writes,
    );
  const memory = createCostMemory();
  const unlessNone = (cost: OperationCost | null): OperationCost => {
    if (cost === null) throw new Error('the operation would not be executed');
    return cost;
  };
  return {
    remembered: (document, variables, as) => unlessNone(memory.costOf({ schema: over, document, variables, context: open(as) })),
    cost: (operation, variables = {}, as = {}) => {
      const document = typeof operation === 'string' ? parse(operation) : operation;
      return unlessNone(costOf({ schema: over, document, variables, context: open(as) }));
    },
    learnPopulations: async () => {
      await Promise.all([...open().sources.values()].map((each) => each.session().list({}).page(0)));
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(sources.map(({ source }) => source.close()));
    },
  };
}

/** Requests by source; what may go to any source counts for each. */
export function perSource({ charges }: OperationCost): Readonly<Record<string, number>> {
  const at = (id: string): number =>
    charges.filter(({ source }) => source === id || source === null).reduce((sum, { requests }) => sum + requests, 0);
  return { horde: at('horde'), mcsManager: at('mcsmanager'), openWebUI: at('webui') };
}
