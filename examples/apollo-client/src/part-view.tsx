import { type JSX, type ReactNode, useEffect, useRef } from 'react';
import { FaultNote } from './fault-note.tsx';
import { useMember } from './member/member-context.ts';
import { Skeleton } from './skeleton.tsx';
import type { Part } from './use-part.ts';

interface PartViewProps<Data> {
  readonly part: Part<Data>;
  /** What it is, within a sentence. */
  readonly what: string;
  /** How many lines of skeleton hold its place. */
  readonly lines: number;
  readonly children: (data: Data) => ReactNode;
}

/** A part that is on its way, there, or not to be had from its source for now. What there is of it is shown beside what is not. */
export function PartView<Data>({ part, what, lines, children }: PartViewProps<Data>): JSX.Element {
  const { titleOf } = useMember();
  const { state, faults, asking, askAgain } = part;
  const frame = useRef<HTMLFieldSetElement>(null);
  useFocusOnceHealed(frame, faults.length > 0, asking);
  return (
    <fieldset className="part" ref={frame} tabIndex={-1} aria-label={what} aria-busy={state === 'waiting' || asking}>
      {state === 'waiting' && (
        <>
          <Skeleton lines={lines} what={what} />
          <p className="slow quiet">The source takes its time…</p>
        </>
      )}
      <FaultNote faults={faults} titleOf={titleOf} asking={asking} onAskAgain={askAgain} what={what} />
      {state === 'there' && children(part.data)}
    </fieldset>
  );
}

/** The button that was pressed is gone when asking again has helped; whoever pressed it goes on from what it brought. */
function useFocusOnceHealed(frame: { readonly current: HTMLElement | null }, failed: boolean, asking: boolean): void {
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !asking && !failed) frame.current?.focus({ preventScroll: true });
    wasAsking.current = asking;
  }, [frame, failed, asking]);
}
