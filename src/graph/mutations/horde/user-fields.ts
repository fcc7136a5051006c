import type { builder } from '../../builder.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The fields of a user that are read and written under one name. */
export const userFields = (t: InputFields) => ({
  moderator: t.boolean({
    required: false,
    description: 'Sees what is private of others and changes them. True makes trusted too, and false does not take that back.',
  }),
  concurrency: t.int({ required: false, description: 'How many requests may wait or run at once, 0 to 500.' }),
  workerInvited: t.int({ required: false, description: 'How many workers the user may add.' }),
  trusted: t.boolean({ required: false, description: 'Not subject to suspicion; may make teams and styles.' }),
  flagged: t.boolean({ required: false, description: 'Banned, in the Horde’s way: no kudos go in or out, workers are stopped.' }),
  customizer: t.boolean({ required: false, description: 'May serve models outside the reference and make styles.' }),
  vpn: t.boolean({ required: false, description: 'May run workers behind a VPN.' }),
  service: t.boolean({ required: false, description: 'An account that relays for others and may name them.' }),
  education: t.boolean({
    required: false,
    description:
      'A school: cannot send kudos. Unless `concurrency` is given too, true lifts it to 200 and false returns 200 to 30.',
  }),
  special: t.boolean({ required: false, description: 'May send special payloads.' }),
  adminComment: t.string({ required: false, description: 'What administrators note, 5 to 500 characters.' }),
  publicWorkers: t.boolean({ required: false, description: 'Whether everybody may see which workers are the user’s.' }),
  username: t.string({
    required: false,
    description:
      'The alias, without the number: 3 to 30 characters. The Horde cleans it as HTML, so `&` is read back as `&amp;`.',
  }),
  contact: t.string({
    required: false,
    description: 'How the Horde’s administrators can reach the user, 5 to 50 characters. It cannot be taken away again.',
  }),
});
