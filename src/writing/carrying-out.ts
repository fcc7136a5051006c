import { carryOutAction } from './acting.ts';
import type { Write, WriteOutcome } from './change.ts';
import { carryOutChange } from './changing.ts';
import type { Conduct } from './conduct.ts';
import { carryOutCreation } from './creating.ts';
import { carryOutDeletion } from './deleting.ts';

/**
 * Carries out a write and tells what is true afterwards. Nothing the source says about a write is believed where it can be read:
 * what counts is what was there before and is there after. Rejects only before anything was sent.
 */
export function carryOut(write: Write, conduct: Conduct): Promise<WriteOutcome> {
  switch (write.sort) {
    case 'change':
      return carryOutChange(write, conduct);
    case 'creation':
      return carryOutCreation(write, conduct);
    case 'deletion':
      return carryOutDeletion(write, conduct);
    case 'action':
      return carryOutAction(write, conduct);
  }
}
