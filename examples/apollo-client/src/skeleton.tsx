import type { JSX } from 'react';

/** Holds the place of lines that are on their way. */
export function Skeleton({ lines, what }: { readonly lines: number; readonly what: string }): JSX.Element {
  return (
    <div className="skeleton">
      <span className="unseen">Loading {what}…</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines that are all alike
        <span key={line} className="bone" aria-hidden="true" />
      ))}
    </div>
  );
}
