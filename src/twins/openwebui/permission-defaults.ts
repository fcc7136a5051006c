import { isObject, type JsonObject } from './json.ts';
import { isAtLeast, type Release } from './releases.ts';

/** What a fresh server grants everybody. */
export function builtInPermissions(release: Release): JsonObject {
  const tree: Record<string, Record<string, boolean>> = {};
  for (const { section, granted, since, keys } of builtIn) {
    if (since && !isAtLeast(release, since)) continue;
    for (const key of keys.split(' ')) tree[section] = { ...tree[section], [key]: granted };
  }
  return tree;
}

/** The keys the default permissions can be read and saved with, and what an absent one becomes. Not quite the built-in ones. */
export function permissionSchema(release: Release): Record<string, Record<string, boolean>> {
  const schema: Record<string, Record<string, boolean>> = {};
  for (const [section, keys] of Object.entries(builtInPermissions(release))) {
    const fields = Object.entries(isObject(keys) ? keys : {}).filter(([key]) => !forgotten.has(`${section}.${key}`));
    schema[section] = Object.fromEntries(
      fields.map(([key, granted]) => [key, granted === true || grantedWhenAbsent.has(`${section}.${key}`)]),
    );
  }
  return schema;
}

/** A tree cut to the keys of a schema, with its gaps filled. */
export function fitToSchema(tree: JsonObject, schema: Record<string, Record<string, boolean>>): JsonObject {
  return Object.fromEntries(
    Object.entries(schema).map(([section, defaults]) => {
      const stored = tree[section];
      const known = Object.entries(defaults).map(([key, value]) => [key, (isObject(stored) ? stored[key] : undefined) ?? value]);
      return [section, Object.fromEntries(known)];
    }),
  );
}

const forgotten = new Set(['sharing.open_chats']);
const grantedWhenAbsent = new Set(['sharing.public_tools', 'sharing.public_notes']);

interface Keys {
  readonly section: string;
  readonly granted: boolean;
  readonly since?: Release;
  readonly keys: string;
}

// Where `public_chats` and `public_skills` began is not known exactly: they stand beside their kin.
const builtIn: readonly Keys[] = [
  { section: 'workspace', granted: false, keys: 'models knowledge prompts tools' },
  { section: 'workspace', granted: false, keys: 'models_import models_export prompts_import prompts_export' },
  { section: 'workspace', granted: false, keys: 'tools_import tools_export' },
  { section: 'workspace', granted: false, since: '0.8.0', keys: 'skills skills_import skills_export' },
  { section: 'sharing', granted: false, keys: 'models public_models knowledge public_knowledge prompts public_prompts' },
  { section: 'sharing', granted: false, keys: 'tools public_tools notes public_notes' },
  { section: 'sharing', granted: false, since: '0.8.0', keys: 'skills public_skills' },
  { section: 'sharing', granted: false, since: '0.9.5', keys: 'public_calendars' },
  { section: 'sharing', granted: false, since: '0.11.0', keys: 'folders public_chats open_chats' },
  { section: 'access_grants', granted: true, since: '0.8.8', keys: 'allow_users allow_groups' },
  { section: 'chat', granted: true, keys: 'controls valves system_prompt params file_upload delete delete_message' },
  { section: 'chat', granted: true, keys: 'continue_response regenerate_response rate_response edit share export' },
  { section: 'chat', granted: true, keys: 'stt tts call multiple_models temporary' },
  { section: 'chat', granted: false, keys: 'temporary_enforced' },
  { section: 'chat', granted: true, since: '0.8.5', keys: 'web_upload' },
  { section: 'chat', granted: true, since: '0.10.0', keys: 'import' },
  { section: 'features', granted: false, keys: 'api_keys direct_tool_servers' },
  { section: 'features', granted: true, keys: 'notes folders channels web_search image_generation code_interpreter' },
  { section: 'features', granted: true, since: '0.7.0', keys: 'memories' },
  { section: 'features', granted: false, since: '0.9.0', keys: 'automations' },
  { section: 'features', granted: true, since: '0.9.5', keys: 'calendar' },
  { section: 'features', granted: false, since: '0.10.0', keys: 'webhooks' },
  { section: 'settings', granted: true, since: '0.7.0', keys: 'interface' },
];
