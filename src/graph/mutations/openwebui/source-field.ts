import { sourceOfKind } from '../../account-connection.ts';
import type { builder } from '../../builder.ts';
import type { Context } from '../../context.ts';
import type { Place } from '../define-mutation.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

export const sourceField = (t: InputFields) => ({
  source: t.id({ required: false, description: 'Which Open WebUI; may be left out when there is one.' }),
});

/** For what is about no account that is known beforehand. */
export const onSource = ({ source }: { readonly source?: string | null | undefined }, context: Context): Place => ({
  open: sourceOfKind('OPEN_WEBUI', source, context),
  account: null,
});
