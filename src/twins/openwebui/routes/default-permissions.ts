import { forAdmins, type Route } from '../call.ts';
import { flag } from '../fields.ts';
import { isObject } from '../json.ts';
import { fitToSchema, permissionSchema } from '../permission-defaults.ts';
import { json } from '../replies.ts';
import { type Field, readForm } from '../validation.ts';

/** The permissions everybody starts with: read through a schema that hides some keys, saved without them. */
export const defaultPermissionsRoutes: readonly Route[] = [
  forAdmins('GET', '/api/v1/users/default/permissions', ({ state: { world } }) =>
    json(fitToSchema(world.defaultPermissions, permissionSchema(world.release))),
  ),
  forAdmins('POST', '/api/v1/users/default/permissions', ({ state: { world }, request }) => {
    world.defaultPermissions = readForm(request.body, permissionFields(permissionSchema(world.release)));
    return json(world.defaultPermissions);
  }),
  forAdmins(
    'GET',
    '/api/v1/users/default/permissions/defaults',
    ({ state: { world } }) => json(fitToSchema(world.builtInPermissions, permissionSchema(world.release))),
    (can) => can.builtInPermissionsRoute,
  ),
];

/** Every section is required; a key missing inside takes the schema's default, a key unknown is dropped. */
function permissionFields(schema: ReturnType<typeof permissionSchema>) {
  const sections = Object.entries(schema).map(([section, keys]) => [section, permissionSection(keys)] as const);
  return Object.fromEntries(sections);
}

const permissionSection = (keys: Record<string, boolean>): Field<Record<string, boolean>> => ({
  read: (input, loc) => {
    if (!isObject(input)) {
      const msg = 'Input should be a valid dictionary or object to extract fields from';
      return { faults: [{ type: 'model_attributes_type', loc, msg, input }] };
    }
    const outcomes = Object.entries(keys).map(([key, absent]) => {
      const value = input[key];
      return [key, value === undefined ? { value: absent } : flag.read(value, [...loc, key])] as const;
    });
    const faults = outcomes.flatMap(([, outcome]) => ('faults' in outcome ? outcome.faults : []));
    if (faults.length > 0) return { faults };
    return { value: Object.fromEntries(outcomes.map(([key, outcome]) => [key, 'value' in outcome && outcome.value])) };
  },
});
