import { z } from 'zod';
import type { SetOpenWebUIStatus } from '../../../domain/accounts/openwebui-writes.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import type { Change, WantedField } from '../../../writing/change.ts';
import { InvalidInputError } from '../../../writing/refusals.ts';
import { toDate } from '../map.ts';
import { checkSome, demand } from './checking.ts';
import { updateStatus as endpoint, ownStatus } from './endpoints.ts';
import type { Means } from './means.ts';
import { OwnStatus } from './wire.ts';

/** Null means "leave it" to the source, so an empty text takes a text away; nothing takes the expiry away. */
export function setStatus(means: Means, input: SetOpenWebUIStatus): Change<OwnStatus> {
  const expiry = input.expiresAt == null ? null : toSeconds(input.expiresAt);
  const fields: WantedField<OwnStatus>[] = [
    ...(input.emoji === undefined ? [] : [textField('emoji', input.emoji, (status) => status.status_emoji)]),
    ...(input.message === undefined ? [] : [textField('message', input.message, (status) => status.status_message)]),
    ...(input.expiresAt === undefined ? [] : [expiryField(expiry)]),
  ];
  demand(checkSome(fields));
  return {
    sort: 'change',
    operation: 'setOpenWebUIStatus',
    target: means.ownAccount,
    fields,
    read: async () => (await means.asker.askFor(ownStatus, OwnStatus)).body,
    foresee: async (before) => {
      if (input.expiresAt !== null || before.status_expires_at == null) return [];
      const message = 'The source cannot do this. It never takes an expiry away; set another one, long ago if need be.';
      return [{ kind: 'SOURCE_FAILED', source: means.source, code: 'SOURCE_UNSUPPORTED', retryable: false, message }];
    },
    // The answer is the whole record, settings and all, and nobody looks at it.
    send: async (differing) => {
      const changes = differing.map(({ name, wanted }): [string, FieldValue] =>
        name === 'expiresAt' ? ['status_expires_at', expiry] : [`status_${name}`, wanted ?? ''],
      );
      await means.sender.post(endpoint, Object.fromEntries(changes), z.unknown());
    },
  };
}

const textField = (
  name: 'emoji' | 'message',
  wanted: string | null,
  read: (status: OwnStatus) => string | null | undefined,
): WantedField<OwnStatus> => ({
  name,
  facet: 'userStatus',
  wanted: wanted === '' ? null : wanted,
  current: (status) => read(status) || null,
});

const expiryField = (seconds: number | null): WantedField<OwnStatus> => ({
  name: 'expiresAt',
  facet: 'userStatus',
  wanted: toDate(seconds)?.toISOString() ?? null,
  current: (status) => toDate(status.status_expires_at)?.toISOString() ?? null,
});

function toSeconds(time: string): number {
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) throw new InvalidInputError([{ field: 'expiresAt', message: 'This is no time.' }]);
  return Math.floor(milliseconds / 1000);
}
