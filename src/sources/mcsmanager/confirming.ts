import type { Thrown, Told } from './asking.ts';

/** Asks; `anew`: past whatever is under way. */
type Ask<Data> = (anew: boolean) => Promise<Told<Data> | Thrown>;

/** Asks a second time where the answer is a "no". `showWell` rejects unless the panel is well. */
export type Confirm = <Data>(ask: Ask<Data>, showWell: () => Promise<void>) => Promise<Told<Data> | Thrown>;

/**
 * What is not there gets the same "no" as the panel's own trouble, which comes and goes at any moment. So the "no" counts that comes
 * again when it is asked anew after an answer has shown that all is well. The first "no" is looked into at once. Later ones wait for the
 * first questions that are still under way, so that one such answer does for all of them, however far apart they come.
 */
export function createConfirm(): Confirm {
  let underway = 0;
  let isFirst = true;
  let quiet: PromiseWithResolvers<void> | undefined;

  async function askFirst<Data>(ask: Ask<Data>): Promise<Told<Data> | Thrown> {
    underway += 1;
    try {
      return await ask(false);
    } finally {
      underway -= 1;
      if (underway === 0) {
        quiet?.resolve();
        quiet = undefined;
      }
    }
  }

  return async (ask, showWell) => {
    const first = await askFirst(ask);
    if (first.kind === 'told') return first;
    if (!isFirst && underway > 0) {
      quiet ??= Promise.withResolvers();
      await quiet.promise;
    }
    isFirst = false;
    await showWell();
    return ask(true);
  };
}
