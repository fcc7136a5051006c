import type { JSX } from 'react';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

interface AmountProps {
  readonly value: number;
  /** One of them and several. */
  readonly unit: readonly [one: string, several: string];
}

/** A number that can be read at a glance, with its unit. */
export function Amount({ value, unit: [one, several] }: AmountProps): JSX.Element {
  return (
    <span className="amount">
      <span className="number">{formatNumber(value)}</span>{' '}
      <span className="unit">{Math.round(value) === 1 ? one : several}</span>
    </span>
  );
}

export const formatNumber = (value: number): string => whole.format(Math.round(value) === 0 ? 0 : value);
