import { type JSX, type ReactNode, useId } from 'react';

interface PanelProps {
  readonly title: string;
  /** Across the whole width where there is room for two side by side. */
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A part of the page with a heading, by which it is found. */
export function Panel({ title, wide = false, children }: PanelProps): JSX.Element {
  const id = useId();
  return (
    <section className={wide ? 'panel wide' : 'panel'} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
