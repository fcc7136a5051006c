import { type Ask, requireCaller } from './ask.ts';
import { readFields, readInt } from './bodies.ts';
import { float, type Json } from './json.ts';
import { moveKudos } from './kudos.ts';
import { requireUsername } from './kudos-transfer.ts';
import { invalidInput, refuse } from './refusals.ts';
import { findByUsername } from './world.ts';

/** The one account that may award, whatever roles others hold. */
const AWARDER_ID = 1;

/** `POST /v2/kudos/award` */
export function awardKudos(ask: Ask): Json {
  const fields = readFields(ask.request);
  const amount = readInt(fields, 'amount', 'The amount of kudos to award.', undefined);
  const username = requireUsername(fields, 'The user ID which will receive the kudos.');
  if (amount === undefined)
    throw invalidInput({ amount: 'The amount of kudos to award. Missing required parameter in the JSON body' });
  const caller = requireCaller(ask, "The awarding user's API key.");
  if (caller.id !== AWARDER_ID) {
    const message = "Only special people can award kudos. Now you're very special as well, just not the right kind.";
    throw refuse(403, message, 'NotAllowedAwards');
  }
  if (caller.deleted) throw refuse(403, 'This account has been scheduled for deletion and is disabled', 'DeletedUser');
  const target = findByUsername(ask.world, username);
  if (!target) throw refuse(400, 'Invalid target username.', 'InvalidAwardUsername');
  if (target.id === 0) throw refuse(400, 'Cannot award anon. No go.', 'KudosAwardToAnon');
  // The server marshals its own refusal as if it were two awards.
  if (target.roles.flagged) return ask.mask([{ awarded: null }, { awarded: null }]);
  moveKudos(target, amount, 'awarded');
  return ask.mask({ awarded: float(amount) });
}
