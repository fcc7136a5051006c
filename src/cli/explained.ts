import type { OperationCost } from '../costing/bill.ts';
import type { CostLimits } from '../costing/limits.ts';
import { formatTable } from './table.ts';

/** Why a server would not answer, each in a sentence. */
export interface Refusals {
  readonly whole: string | undefined;
  /** Of fields for which nobody is asked, though the rest is answered: behind the path. */
  readonly fields: readonly string[];
}

/** What an operation may cost, for people. Names sources by their ids and tells neither addresses nor keys. */
export function describeCost(cost: OperationCost, { maxCalls, maxRows }: CostLimits, refusals: Refusals): string {
  const rows = cost.charges.map(({ source, what, requests, path, why }) => [
    source ?? '(any)',
    what,
    String(requests),
    `${path}: ${why}`,
  ]);
  const perSource = Map.groupBy(cost.charges, ({ source }) => source ?? '(any)');
  const totals = [...perSource].map(([source, charges]) => [
    source,
    'in all',
    String(charges.reduce((sum, { requests }) => sum + requests, 0)),
    '',
  ]);
  const table = rows.length === 0 ? 'Nothing is asked of any source.\n' : formatTable([header, ...rows, ...totals]);
  const shares = [
    ['requests at most', String(cost.calls), `limit ${maxCalls}`, cost.mostCalls?.path ?? ''],
    ['rows at most', String(cost.rows), `limit ${maxRows}`, cost.mostRows?.path ?? ''],
  ];
  return `${table}\n${formatTable([['', 'cost', 'allowed', 'most of it'], ...shares])}\n${verdictOf(refusals)}\n`;
}

function verdictOf({ whole, fields }: Refusals): string {
  if (whole !== undefined) return `Refused: ${whole}`;
  if (fields.length === 0) return 'It would be answered.';
  return fields.map((each) => `Refused, and asked for nothing: ${each}`).join('\n');
}

const header = ['source', 'read', 'times', 'why'];
