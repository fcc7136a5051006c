import fc from 'fast-check';

export type FaultKind = 'fails' | 'busy' | 'refuses' | 'lies' | 'lost' | 'reset' | 'late';

export interface DrawnFault {
  readonly kind: FaultKind;
  readonly strikes: 'write' | 'read';
  /** How many matching requests pass first, and how many it strikes. */
  readonly after: number;
  readonly times: number;
}

export const fault: fc.Arbitrary<DrawnFault> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constantFrom<FaultKind>('fails', 'busy', 'refuses', 'lies', 'lost', 'lost', 'reset'),
      strikes: fc.constant('write' as const),
      after: fc.constant(0),
      times: fc.constant(1),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom<FaultKind>('fails', 'busy', 'refuses', 'lost', 'reset'),
      strikes: fc.constant('read' as const),
      after: fc.nat({ max: 6 }),
      times: fc.constantFrom(1, 2, 9),
    }),
  },
  // Each of these costs a whole deadline.
  { weight: 1, arbitrary: fc.constant({ kind: 'late', strikes: 'write', after: 0, times: 1 } as const) },
);
