import type { FacetName } from '../domain/facets.ts';
import type { FieldValue } from '../domain/writes.ts';

/** What a source makes of a mutation's input: one of four sorts of write, each told the truth about in its own way. */
export type Write = (Change<unknown> | Creation | Deletion | Action) & {
  /** The HTTP status of the last request so far that was to change something; null where none was answered. */
  readonly status?: () => number | null;
  /** Whether any request that was to change something has gone out to the source. Absent: it is not known, and so taken for sent. */
  readonly wasSent?: () => boolean;
};

/**
 * Native ids of the accounts that a write changes, where it changes no others, nor what anybody may see. Absent: it may have changed
 * anything on its source. Lists, and whatever is no account of a user, may always have changed.
 */
export type Touched = readonly string[];

/** One field that a caller wants to have another value. */
export interface WantedField<State> {
  /** As the mutation's input calls it. */
  readonly name: string;
  /** What it should be. For a secret: shown and logged as `[secret]`. */
  readonly wanted: FieldValue;
  readonly secret?: boolean;
  /** What it is; undefined where the source never tells, as of passwords, and in an action that has no `look`. */
  current(state: State): FieldValue | undefined;
  /** Something else in the same write would move it: it is sent along even where it is as wanted already. */
  mustSend?(before: State): boolean;
  /** Whether what was read back is what was meant, where equality would be too strict. */
  matches?(current: FieldValue): boolean;
  /** What to say where it took effect as far as it could, and no further: how far, and what stopped it. */
  shortfall?(current: FieldValue): string | undefined;
  /** Values other than the wanted do as well and must not be overwritten: it is compared even for who may not see it. */
  readonly suffices?: true;
  /** What the caller took it to be; another value before the change is a conflict. */
  readonly expected?: FieldValue;
  /** The facet that shows it: only who may read that is told its values before and after. Without one `read:private` is wanted. */
  readonly facet?: FacetName;
}

/** Something that is not changed and yet must be as the caller took it to be. */
export type Guard<State> = Pick<WantedField<State>, 'name' | 'current' | 'facet'> & { readonly expected: FieldValue };

/** A change of one existing thing: read, compare, send, read again. */
export interface Change<State> {
  readonly sort: 'change';
  readonly touches?: Touched;
  /** For the audit and for messages: `updateMcsManagerUser`. */
  readonly operation: string;
  /** The account, or other thing, that is changed. Changes of one target run one after the other. */
  readonly target: string;
  /** Writes of a source that name the same lane go one at a time: those that hold up the whole source, or count on one another. */
  readonly lane?: string;
  /** Seconds for which the source may go on showing what was: until then what does not show is unknown, not missing. */
  readonly lateBy?: number;
  readonly fields: readonly WantedField<State>[];
  readonly guards?: readonly Guard<State>[];
  /** It is to do away with something: what is not there is as wanted, and so `UNCHANGED`. */
  readonly absenceSuits?: boolean;
  /** Fresh from the source, past any cache that can be passed. Null: there is no such thing. */
  read(): Promise<State | null>;
  /** Why it must not be sent although the input is in order, as far as that can be read; part of a dry run too. */
  foresee?(before: State, differing: readonly WantedField<State>[]): Promise<readonly Problem[]>;
  /** A facet of which `foresee` gives something away by refusing. */
  readonly foreseenBy?: FacetName;
  /**
   * Where the source takes the thing only whole: what goes back along with the change. It is read anew directly before it is sent,
   * after all that was foreseen, and looked at again afterwards. Null: this release takes parts.
   */
  along?(): Promise<Along<State> | null>;
  /** Sends what differs. It is never repeated. May reject after some of it took effect. */
  send(fields: readonly WantedField<State>[], before: State): Promise<void>;
}

/** What nobody asked to change, and is sent all the same. */
export interface Along<State> {
  /** The facet that shows it. */
  readonly facet: FacetName;
  /** By the names that a field of it would have. Without what the change is about. */
  parts(state: State): Readonly<Record<string, FieldValue>>;
}

/** Something new. The source's answer may be lost or wrong; whether the thing is there is found out by looking for it. */
export interface Creation {
  readonly sort: 'creation';
  readonly touches?: Touched;
  readonly operation: string;
  /** What keeps two such things from coming into being at once: a name, an e-mail address. */
  readonly target: string;
  /** Writes of a source that name the same lane go one at a time: those that hold up the whole source, or count on one another. */
  readonly lane?: string;
  /** Seconds for which the source may go on showing what was: until then what does not show is unknown, not missing. */
  readonly lateBy?: number;
  /** The new thing as it should be, for the comparison afterwards. */
  readonly fields: readonly WantedField<unknown>[];
  /**
   * The id of what is there under that name. Before sending it is a conflict. After a lost answer it may be the new thing, or what
   * somebody else made at that moment: no proof of anything.
   */
  find(): Promise<string | null>;
  foresee?(): Promise<readonly Problem[]>;
  /** The id the source gave it, if it told. */
  send(): Promise<string | null>;
  /** What the source takes in a request of its own once the thing is there. */
  complete?(id: string): Promise<void>;
  /** Reads the new thing for the comparison of fields; null: it is not there. */
  read(id: string): Promise<unknown>;
}

/** Something that should be gone. */
export interface Deletion {
  readonly sort: 'deletion';
  readonly touches?: Touched;
  readonly operation: string;
  readonly target: string;
  /** Writes of a source that name the same lane go one at a time: those that hold up the whole source, or count on one another. */
  readonly lane?: string;
  /** Seconds for which the source may go on showing what was: until then what does not show is unknown, not missing. */
  readonly lateBy?: number;
  /** An account's: it may be tried again without harm, so what is not there is as wanted. Else it is `NOT_FOUND`. */
  readonly absenceSuits?: boolean;
  exists(): Promise<boolean>;
  foresee?(): Promise<readonly Problem[]>;
  send(): Promise<void>;
}

/** What is neither: a payment, a new key. It is told by its receipt alone, and never repeated unless the source guards against it. */
export interface Action {
  readonly sort: 'action';
  readonly touches?: Touched;
  readonly operation: string;
  readonly target: string;
  /** Writes of a source that name the same lane go one at a time: those that hold up the whole source, or count on one another. */
  readonly lane?: string;
  readonly fields: readonly WantedField<unknown>[];
  /** True when the source itself recognises a repetition by a key that goes with it. */
  readonly repeatable: boolean;
  /**
   * What a dry run can tell: why it would be refused, as far as that can be read beforehand. With a key it is about to be sent under
   * that, and may be a repetition that we have forgotten: what such a source refuses to no repetition is left to the source.
   */
  foresee(repeatKey: string | undefined): Promise<readonly Problem[]>;
  /** What the source gave for it, such as an amount or a new key. Shown to the caller only, unless `noted` names it. */
  send(repeatKey: string | undefined): Promise<Receipt>;
  /** Entries of the receipt that may stand in the audit and the journal. */
  readonly noted?: readonly string[];
  /**
   * What can be compared with the fields afterwards, if anything can; null when that cannot be told either. Throws a `Refusal` where
   * it shows that all was for nothing: then nothing took effect, and the receipt is worth nothing.
   */
  look?(): Promise<unknown>;
}

export type Receipt = Readonly<Record<string, FieldValue>>;

/** What became of one field. */
export interface FieldOutcome {
  readonly name: string;
  readonly requested: FieldValue;
  /** Its values are never shown, be they known or not. */
  readonly secret?: true;
  /** Before the change; undefined where the source never tells. */
  readonly before: FieldValue | undefined;
  /** Read back after it; undefined where the source never tells, or could not be asked. */
  readonly after: FieldValue | undefined;
  readonly verdict: FieldVerdict;
  /** How far it took effect, where that is not all the way. */
  readonly shortfall?: string;
  readonly facet?: FacetName;
}

export type FieldVerdict =
  /** Nothing was sent, for the reasons that the problems give. */
  | 'NOT_SENT'
  /** Had the value already; nothing was sent. */
  | 'UNCHANGED'
  /** Read back and found as requested. */
  | 'APPLIED'
  /** Read back and found different. */
  | 'NOT_APPLIED'
  /** The source accepted it and never tells, so it cannot be confirmed. */
  | 'ACCEPTED'
  /** Would be sent; this was a dry run. */
  | 'WOULD_CHANGE'
  /** Sent, and what became of it cannot be known. */
  | 'UNKNOWN';

/** Why a change is not, or not wholly, what was asked for. */
export type Problem =
  | { readonly kind: 'INVALID'; readonly field: string; readonly message: string }
  | { readonly kind: 'NOT_FOUND'; readonly message: string }
  | { readonly kind: 'CONFLICT'; readonly fields: readonly FieldConflict[]; readonly message: string }
  | { readonly kind: 'FORBIDDEN'; readonly source: string; readonly message: string }
  | {
      readonly kind: 'SOURCE_FAILED';
      readonly source: string;
      readonly code: string;
      readonly retryable: boolean;
      /** Seconds to wait before asking again, where somebody has said so. */
      readonly retryAfter?: number | undefined;
      readonly message: string;
    }
  | {
      readonly kind: 'PARTLY_APPLIED';
      readonly applied: readonly string[];
      readonly missing: readonly string[];
      readonly message: string;
    }
  | { readonly kind: 'NOT_APPLIED'; readonly missing: readonly string[]; readonly message: string }
  | { readonly kind: 'UNKNOWN_OUTCOME'; readonly fields: readonly string[]; readonly message: string };

export interface FieldConflict {
  readonly name: string;
  readonly expected: FieldValue;
  readonly actual: FieldValue;
  readonly facet?: FacetName;
}

/** The truth about a write, as far as it can be known. Without problems all of it is so. */
export interface WriteOutcome {
  readonly fields: readonly FieldOutcome[];
  readonly problems: readonly Problem[];
  /** Whether anything that changes was sent. */
  readonly sent: boolean;
  /** The source's own id of what a creation made; null for the other sorts, and where it is not known. */
  readonly id: string | null;
  /** What an action brought; empty for the other sorts. */
  readonly receipt: Receipt;
}
