import { z } from 'zod';
import type { UpdateOpenWebUIInfo } from '../../../domain/accounts/openwebui-writes.ts';
import type { JsonObject } from '../../../domain/facets.ts';
import type { Change } from '../../../writing/change.ts';
import { checkSome, checkUnmasked, demand } from './checking.ts';
import { updateInfo as endpoint, ownInfo } from './endpoints.ts';
import { jsonField, jsonGuard, type Place } from './json-fields.ts';
import type { Means } from './means.ts';
import { OwnJson } from './wire.ts';

const place: Place<JsonObject> = { prefix: 'info', facet: 'info', object: (info) => info };

/** The source merges the top level itself, and can set a key to null but not take it out. */
export function updateInfo(means: Means, { info, ifUnchanged }: UpdateOpenWebUIInfo): Change<JsonObject> {
  const wanted = Object.entries(info);
  demand(checkSome(wanted), ...wanted.map(([key, value]) => checkUnmasked(`info.${key}`, value)));
  return {
    sort: 'change',
    operation: 'updateOpenWebUIInfo',
    target: means.ownAccount,
    fields: wanted.map(([key, value]) => jsonField(place, key, value)),
    guards: Object.entries(ifUnchanged ?? {}).map(([key, value]) => jsonGuard(place, key, value)),
    read: async () => (await means.asker.askFor(ownInfo, OwnJson)).body,
    send: async (differing) => {
      const changes = Object.fromEntries(differing.map((field) => [field.name.slice('info.'.length), field.wanted]));
      await means.sender.post(endpoint, changes, z.unknown());
    },
  };
}
