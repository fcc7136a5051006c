import type { WantedField } from './change.ts';

/** What decides whether a field may be compared. */
export type Seeable = Pick<WantedField<unknown>, 'facet'>;

/** How a write is to be carried out. */
export interface Conduct {
  readonly source: string;
  /** Read and compare, and tell what would change. */
  readonly dryRun: boolean;
  /** An earlier attempt may have been sent, and nobody noted what came of it: look, and send nothing that could count twice. */
  readonly resumed: boolean;
  /** The same for each attempt at this write, and for no other caller's: 43 letters, digits, `-` and `_`. */
  readonly repeatKey: string | undefined;
  /** Whether the caller may learn if a field is as they say; absent: of each. Where not, it is sent whatever it is. */
  mayCompare?(field: Seeable): boolean;
  /** Resolves when the attempt is noted where a crash cannot reach it. Nothing is sent before; nor where it throws a `Refusal`. */
  beforeSending(): Promise<void>;
  /** Whether anything of it has gone out to the source by now; what was held back before has changed nothing. */
  wasSent(): boolean;
  /** The HTTP status of the last request that was to change something; null where none was answered, or it is not known. */
  status(): number | null;
  /** Told of what nobody foresaw once something was sent. */
  readonly onBug?: (error: unknown) => void;
}

/** Said when an earlier attempt broke off and what can be read does not show that it took effect. */
export const brokenOff =
  'An earlier attempt under this idempotencyKey broke off, or had no answer; it is not sent again. Look at it, and try anew under another key.';
