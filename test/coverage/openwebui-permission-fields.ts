import { alike, at, type Fields, noted } from './entry.ts';

const section = (name: string): string[] => [`OpenWebUIAccount.permissions.${name}`, `Query.openWebUIDefaultPermissions.${name}`];

const untyped = noted(
  'No typed field: it is among the grants, under this section.',
  'OpenWebUIAccount.permissions.grants',
  'OpenWebUIAccount.permissions.allows(permission:)',
  'Query.openWebUIDefaultPermissions.grants',
);

const workspace = alike(
  section('workspace'),
  ...['models', 'knowledge', 'prompts', 'tools', 'skills', 'models_import', 'models_export', 'prompts_import'],
  ...['prompts_export', 'tools_import', 'tools_export', 'skills_import', 'skills_export'],
);

const sharing = alike(
  section('sharing'),
  ...['models', 'public_models', 'knowledge', 'public_knowledge', 'prompts', 'public_prompts', 'tools', 'public_tools'],
  ...['skills', 'public_skills', 'notes', 'public_notes', 'folders', 'public_chats', 'public_calendars', 'open_chats'],
);

const chat = alike(
  section('chat'),
  ...['controls', 'valves', 'system_prompt', 'params', 'file_upload', 'web_upload', 'delete', 'delete_message'],
  ...['continue_response', 'regenerate_response', 'rate_response', 'edit', 'share', 'export', 'import', 'stt', 'tts'],
  ...['call', 'multiple_models', 'temporary', 'temporary_enforced'],
);

const features = alike(
  section('features'),
  ...['api_keys', 'direct_tool_servers', 'web_search', 'image_generation', 'code_interpreter', 'notes', 'channels'],
  ...['folders', 'memories', 'automations', 'calendar', 'webhooks'],
);

/** Effective permissions of a user, and what everybody has by default. */
export const permissionModels: Readonly<Record<string, Fields>> = {
  WorkspacePermissions: workspace,
  SharingPermissions: sharing,
  ChatPermissions: chat,
  FeaturesPermissions: features,
  UserPermissions: {
    workspace: at(...section('workspace')),
    sharing: at(...section('sharing')),
    chat: at(...section('chat')),
    features: at(...section('features')),
  },
  'beyond the page: UserPermissions of later releases': {
    'settings.interface': untyped,
    'access_grants.allow_users': untyped,
    'access_grants.allow_groups': untyped,
  },
};
