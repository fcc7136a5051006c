import { CombinedGraphQLErrors, type ErrorLike } from '@apollo/client';

/** Why something is not there, in words for whoever looks at the page. */
export interface Fault {
  /** The id of the source it is about; null when it is about none. */
  readonly source: string | null;
  readonly message: string;
  readonly mayHelp: boolean;
  /** Seconds to wait, where the source said so. */
  readonly wait: number | null;
}

type Path = readonly (string | number)[];

/** What went wrong at a path of the answer or below it, each reason once. Trouble on the way to Rollcall counts everywhere. */
export function faultsAt(error: ErrorLike | undefined, path: Path, only?: readonly string[]): Fault[] {
  if (error === undefined) return [];
  if (!CombinedGraphQLErrors.is(error)) return [onTheWay];
  const faults = error.errors
    .filter(({ path: at = [] }) => at.length === 0 || path.every((step, index) => at[index] === step))
    .filter(({ path: at = [] }) => only === undefined || at.length <= path.length || only.includes(String(at[path.length])))
    .map(({ message, extensions = {} }): Fault => {
      const { source, retryable, retryAfter } = extensions;
      return {
        source: typeof source === 'string' ? source : null,
        message,
        mayHelp: retryable === true,
        wait: typeof retryAfter === 'number' ? retryAfter : null,
      };
    });
  return [...new Map(faults.map((fault) => [`${fault.source}: ${fault.message}`, fault])).values()];
}

export const isMalformedId = (error: ErrorLike | undefined): boolean =>
  CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === 'BAD_USER_INPUT');

const onTheWay: Fault = { source: null, message: 'Rollcall could not be reached.', mayHelp: true, wait: null };
