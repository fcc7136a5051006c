import type { builder } from '../../builder.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

export const placeFields = (t: InputFields) => ({
  source: t.id({ required: false, description: 'Which Horde; may be left out when there is one.' }),
});

export const keyFields = (t: InputFields) => ({
  name: t.string({ required: false, description: 'What its owner calls it. It can be changed, not taken away.' }),
  kudos: t.int({ required: false, description: 'How much may be spent with it; -1 is without limit.' }),
  expiresInDays: t.int({ required: false, description: 'When it ends, in days from now; -1: never.' }),
  maxImagePixels: t.int({ required: false, description: 'The largest image; -1 is without limit.' }),
  maxImageSteps: t.int({ required: false, description: 'The most sampling steps; -1 is without limit.' }),
  maxTextTokens: t.int({ required: false, description: 'The longest text; -1 is without limit.' }),
});
