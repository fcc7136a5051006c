import type { Permit } from './access/asking.ts';
import type { OpenSource } from './graph/context.ts';

/** What is made when something of a source is to be asked. */
interface Opened {
  /** Called once at most: who looks at accounts only needs none. */
  readonly openSession: OpenSource['session'];
  readonly loader: ReturnType<OpenSource['loader']>;
  readonly openToWrite: OpenSource['openToWrite'];
}

/**
 * A source that is opened when something of it is to be asked. Most operations ask one source of several, and what may be asked of
 * the others is all that is wanted of them.
 *
 * Functions and not getters: an object with a getter of its own is a hidden class of its own to V8, which lives with the old objects
 * and keeps all that the getter knows until they are looked through.
 */
export function openLazily(source: OpenSource['source'], permit: Permit, open: () => Opened): OpenSource {
  let opened: Opened | undefined;
  let session: ReturnType<OpenSource['session']> | undefined;
  const now = (): Opened => {
    opened ??= open();
    return opened;
  };
  return {
    source,
    permit,
    session: () => {
      session ??= now().openSession();
      return session;
    },
    loader: () => now().loader,
    openToWrite: () => now().openToWrite(),
    close: () => {
      opened = undefined;
      session = undefined;
    },
  };
}
