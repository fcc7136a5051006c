import type { JSX } from 'react';
import type { Fault } from './faults.ts';

interface FaultNoteProps {
  readonly faults: readonly Fault[];
  /** What a source is called, by its id. */
  readonly titleOf: (source: string) => string;
  readonly asking: boolean;
  readonly onAskAgain: () => void;
  /** What is asked for again, for those who hear the button by itself. */
  readonly what: string;
}

/** Says which source fails and whether asking again may help, and offers to. */
export function FaultNote({ faults, titleOf, asking, onAskAgain, what }: FaultNoteProps): JSX.Element | null {
  if (faults.length === 0) return null;
  return (
    <div className="fault" aria-live="polite">
      <ul>
        {faults.map(({ source, message, mayHelp, wait }) => (
          <li key={`${source}: ${message}`}>
            {source !== null && <strong>{titleOf(source)}:</strong>} {message} {advice(mayHelp, wait)}
          </li>
        ))}
      </ul>
      {faults.some(({ mayHelp }) => mayHelp) && (
        // Not disabled while it asks: that would take the focus away from whoever pressed it.
        <button type="button" aria-disabled={asking} onClick={() => asking || onAskAgain()}>
          {asking ? 'Asking…' : 'Ask again'}
          <span className="unseen"> for {what}</span>
        </button>
      )}
    </div>
  );
}

function advice(mayHelp: boolean, wait: number | null): string {
  if (!mayHelp) return 'Asking again would not help.';
  return wait === null ? 'Asking again may help.' : `Asking again may help in ${wait} seconds.`;
}
