import type { JSX } from 'react';

export function RowSkeletons({ rows }: { readonly rows: number }): JSX.Element {
  return (
    <div className="rows" aria-hidden="true">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all alike
        <div key={row} className="row skeleton">
          <span className="bone avatar small" />
          <span className="bone" />
        </div>
      ))}
    </div>
  );
}
