const CAP = 50;

export interface Page<T> {
  readonly page: number;
  readonly pageSize: number;
  readonly maxPage: number;
  readonly total: number;
  readonly data: readonly T[];
}

/** The panel's window: fractions are taken, and shift it. 0 counts as not given, below that as 1, above the cap as the cap. */
export function toPage<T>(items: readonly T[], page: number, size: number): Page<T> {
  const inForce = Math.max(1, page || 1);
  const pageSize = Math.min(CAP, Math.max(1, size || 10));
  const start = (inForce - 1) * pageSize;
  return {
    page: inForce,
    pageSize,
    maxPage: Math.ceil(items.length / pageSize),
    total: items.length,
    data: items.slice(start, start + pageSize),
  };
}
