import { text } from './fields.ts';
import type { Field } from './validation.ts';

/** The address of a profile picture: free text in early releases, then only what is safe to show. */
export const pictureAddress = (isChecked: boolean): Field<string> => ({
  read: (input, loc) => {
    const outcome = text.read(input, loc);
    if ('faults' in outcome || !isChecked || isSafe(outcome.value)) return outcome;
    const msg = 'Value error, Invalid profile image URL.';
    return { faults: [{ type: 'value_error', loc, msg, input, ctx: { error: {} } }] };
  },
});

function isSafe(address: string): boolean {
  if (['', '/user.png', '/favicon.png', '/static/favicon.png'].includes(address)) return true;
  if (/^\/api\/v1\/users\/[^/]+\/profile\/image$/.test(address)) return true;
  return /^https?:\/\/[^/?#]+/.test(address) || /^data:image\/(png|jpeg|gif|webp);base64,/.test(address);
}
