import { z } from 'zod';
import type { ProfileValues, UpdateOpenWebUIProfile } from '../../../domain/accounts/openwebui-writes.ts';
import type { FieldValue } from '../../../domain/writes.ts';
import type { Change, Guard, WantedField } from '../../../writing/change.ts';
import { nullFaults } from '../../../writing/expectations.ts';
import { toAvatar } from './avatar.ts';
import { wholeRecords } from './changing-user.ts';
import { checkAvatar, checkDate, checkName, checkSome, demand } from './checking.ts';
import { updateProfile as endpoint } from './endpoints.ts';
import { type Aspect, guard } from './guards.ts';
import type { Means } from './means.ts';
import { readOwnRecord } from './own-record.ts';
import type { OwnRecord } from './wire.ts';

/** The source overwrites all five, with null what does not come along: so all five are sent, changed or not. */
export function updateProfile(means: Means, input: UpdateOpenWebUIProfile): Change<OwnRecord> {
  const { ifUnchanged, ...wanted } = input;
  const fields = parts.flatMap((part) => part.want(wanted));
  demand(
    ...[checkSome(fields), checkName(wanted.name), checkAvatar(wanted.avatarUrl), checkDate('dateOfBirth', wanted.dateOfBirth)],
    ...nullFaults(ifUnchanged, ['avatarUrl', 'bio', 'gender', 'dateOfBirth']),
  );
  return {
    sort: 'change',
    operation: 'updateOpenWebUIProfile',
    target: means.ownAccount,
    lane: wholeRecords,
    fields,
    guards: parts.flatMap((part) => part.guard(ifUnchanged ?? {})),
    read: () => readOwnRecord(means.asker),
    along: async () => ({
      facet: 'openWebUIDetails',
      parts: (record) =>
        Object.fromEntries(
          parts.filter(({ name }) => !fields.some((field) => field.name === name)).map(({ name, now }) => [name, now(record)]),
        ),
    }),
    send: async (differing, before) => {
      const changes = new Map(differing.map((field) => [field.name, field.wanted]));
      const whole = parts.map(({ name, wire, now }): [string, FieldValue] => [
        wire,
        changes.get(name) ?? (changes.has(name) ? null : now(before)),
      ]);
      const { profile_image_url, ...others } = Object.fromEntries(whole);
      // The one of the five that takes no null.
      await means.sender.post(endpoint, { ...others, profile_image_url: profile_image_url ?? '' }, z.unknown());
    },
  };
}

interface Part {
  readonly name: keyof ProfileValues;
  readonly wire: string;
  now(record: OwnRecord): string | null;
  want(values: ProfileValues): WantedField<OwnRecord>[];
  guard(values: ProfileValues): Guard<OwnRecord>[];
}

/** `isNullable`: null takes it away, rather than meaning nothing. */
function part(
  name: keyof ProfileValues,
  wire: string,
  facet: Aspect<OwnRecord>['facet'],
  now: Part['now'],
  isNullable = true,
): Part {
  const aspect: Aspect<OwnRecord> = { name, facet, current: now };
  const valueIn = (values: ProfileValues): string | null | undefined => {
    const value = values[name];
    if (value === null && !isNullable) return undefined;
    return name === 'avatarUrl' && typeof value === 'string' && isNoPicture.test(value) ? null : value;
  };
  return {
    name,
    wire,
    now,
    want: (values) => {
      const wanted = valueIn(values);
      return wanted === undefined ? [] : [{ ...aspect, wanted }];
    },
    guard: (values) => guard(aspect, valueIn(values)),
  };
}

/** Nothing, or where the source shows a picture for whoever has none. */
const isNoPicture = /^(?:\/api\/v1\/users\/[^/]+\/profile\/image)?$/;

const parts: readonly Part[] = [
  part('name', 'name', 'identity', (record) => record.name, false),
  part('avatarUrl', 'profile_image_url', 'avatar', (record) => toAvatar(record.id, record.profile_image_url)),
  part('bio', 'bio', 'bio', (record) => record.bio ?? null),
  part('gender', 'gender', 'openWebUIDetails', (record) => record.gender ?? null),
  part('dateOfBirth', 'date_of_birth', 'openWebUIDetails', (record) => record.date_of_birth ?? null),
];
