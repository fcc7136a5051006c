import type { Change } from '../../../writing/change.ts';
import { checkTimezone, demand } from './checking.ts';
import { updateTimezone as endpoint } from './endpoints.ts';
import type { Means } from './means.ts';
import { readOwnRecord } from './own-record.ts';
import { type OwnRecord, TimezoneAnswer } from './wire.ts';

export function setTimezone(means: Means, timezone: string): Change<OwnRecord> {
  demand(checkTimezone(timezone));
  return {
    sort: 'change',
    operation: 'setOpenWebUITimezone',
    target: means.ownAccount,
    fields: [{ name: 'timezone', facet: 'openWebUIDetails', wanted: timezone, current: (record) => record.timezone }],
    read: () => readOwnRecord(means.asker),
    foresee: async () => {
      if (await means.release.isAtLeast([0, 7, 0])) return [];
      const message = 'The source cannot do this. Time zones can be set from release 0.7.0 on.';
      return [{ kind: 'SOURCE_FAILED', source: means.source, code: 'SOURCE_UNSUPPORTED', retryable: false, message }];
    },
    send: async () => void (await means.sender.post(endpoint, { timezone }, TimezoneAnswer)),
  };
}
