import type { Permit } from './access/asking.ts';
import type { OpenSource } from './graph/context.ts';

/**
 * A source that is opened when something of it is looked at. Most operations ask one source of several, and what may be asked of
 * the others is all that is wanted of them.
 */
export function openLazily(
  source: OpenSource['source'],
  allow: () => Permit,
  open: (permit: Permit) => Pick<OpenSource, 'session' | 'loader' | 'openToWrite'>,
): OpenSource {
  let permit: Permit | undefined;
  let opened: ReturnType<typeof open> | undefined;
  const allowed = (): Permit => {
    permit ??= allow();
    return permit;
  };
  const now = (): ReturnType<typeof open> => {
    opened ??= open(allowed());
    return opened;
  };
  return {
    source,
    get permit() {
      return allowed();
    },
    get session() {
      return now().session;
    },
    get loader() {
      return now().loader;
    },
    openToWrite: () => now().openToWrite(),
  };
}
