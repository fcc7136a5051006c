import { InputError } from '../../errors.ts';
import type { builder } from '../builder.ts';

/** What the input of every mutation may say about how it is to be carried out. */
export interface WriteOptions {
  readonly dryRun?: boolean | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** To be spread into the fields of each input type. */
export const writeOptions = (t: InputFields) => ({
  dryRun: t.boolean({
    required: false,
    description: 'Checks and reads, and tells what would change. Nothing that changes anything is sent.',
  }),
  idempotencyKey: t.string({
    required: false,
    description:
      'A word of the caller’s own for this one write, such as a UUID. Sent again with the same input it brings the first answer and writes nothing, and looks again for what was `UNKNOWN`; with another input it is a conflict. As long as `sent` was false it can be tried again under it; after that, to write again, take a new one.',
  }),
});

/** The caller's key for this write; throws for one that nobody can mean. */
export function idempotencyKeyOf({ idempotencyKey }: WriteOptions): string | undefined {
  if (idempotencyKey == null) return undefined;
  if (idempotencyKey.trim() === '' || idempotencyKey.length > 200)
    throw new InputError('An idempotencyKey has 1 to 200 characters.');
  return idempotencyKey;
}
