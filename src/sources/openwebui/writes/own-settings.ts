import { z } from 'zod';
import type { UpdateOpenWebUISettings } from '../../../domain/accounts/openwebui-writes.ts';
import type { JsonObject } from '../../../domain/facets.ts';
import type { Change } from '../../../writing/change.ts';
import { wholeRecords } from './changing-user.ts';
import { checkSome, checkUnmasked, demand } from './checking.ts';
import { updateSettings as endpoint, ownSettings } from './endpoints.ts';
import { jsonField, jsonGuard, keysBut, type Place } from './json-fields.ts';
import type { Means } from './means.ts';
import { isObject, own, withKey } from './permission-tree.ts';
import { foreseeLosses } from './settings-losses.ts';
import { OwnJson } from './wire.ts';

const ui = (settings: JsonObject): JsonObject => {
  const stored = own(settings, 'ui');
  return isObject(stored) ? stored : {};
};
const place: Place<JsonObject> = { prefix: 'ui', facet: 'settings', object: ui };

/**
 * The source replaces `ui` by whatever comes, be it nothing; so all that is stored goes back with the changes in it. It is read
 * with its secrets, which stay in here. Other keys beside `ui` are kept when they are not sent.
 */
export function updateSettings(means: Means, input: UpdateOpenWebUISettings): Change<JsonObject> {
  const wanted = Object.entries(input.ui);
  demand(checkSome(wanted), ...wanted.map(([key, value]) => checkUnmasked(`ui.${key}`, value)));
  return {
    sort: 'change',
    operation: 'updateOpenWebUISettings',
    target: means.ownAccount,
    lane: wholeRecords,
    fields: wanted.map(([key, value]) => jsonField(place, key, value)),
    guards: Object.entries(input.ifUnchanged ?? {}).map(([key, value]) => jsonGuard(place, key, value)),
    read: async () => (await means.asker.askFor(ownSettings, OwnJson)).body,
    foresee: (before) => foreseeLosses(means, ui(before), input.ui),
    along: async () => ({
      facet: place.facet,
      parts: (settings) =>
        keysBut(
          place,
          settings,
          wanted.map(([key]) => key),
        ),
    }),
    send: async (_differing, before) => {
      const whole = wanted.reduce((object, [key, value]) => withKey(object, key, value ?? undefined), ui(before));
      await means.sender.post(endpoint, { ui: whole }, z.unknown());
    },
  };
}
