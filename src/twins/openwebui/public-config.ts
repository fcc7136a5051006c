import type { JsonObject } from './json.ts';
import type { OpenWebUIWorld } from './world.ts';

/** `/api/config` as a stranger sees it. */
export function publicConfig(world: OpenWebUIWorld): JsonObject {
  const { can } = world;
  return {
    ...(world.users.size === 0 ? { onboarding: true } : {}),
    status: true,
    name: 'Open WebUI',
    version: world.release,
    default_locale: '',
    oauth: can.newerServerSwitches ? { providers: {}, auto_redirect: false } : { providers: {} },
    // Newer releases tell of API keys to those who are signed in only.
    features: can.newerServerSwitches ? entryFeatures(world) : { ...entryFeatures(world), ...keyFeatures(world) },
  };
}

/** The same for somebody signed in: more switches, and the default permissions exactly as they are stored. */
export function signedInConfig(world: OpenWebUIWorld): JsonObject {
  const { can, config } = world;
  const features = { ...entryFeatures(world), ...keyFeatures(world), ...switches(world) };
  return {
    ...publicConfig(world),
    features: can.newerServerSwitches ? { ...features, ...newerSwitches(world) } : features,
    default_models: null,
    default_pinned_models: null,
    default_prompt_suggestions: [],
    ...(can.newerServerSwitches ? {} : { user_count: world.users.size }),
    code: can.newerServerSwitches ? { engine: 'pyodide', interpreter_engine: 'pyodide' } : { engine: 'pyodide' },
    audio: { tts: { engine: '', voice: 'alloy', split_on: 'punctuation' }, stt: { engine: '' } },
    file: { max_size: null, max_count: null, image_compression: { width: null, height: null } },
    permissions: world.defaultPermissions,
    google_drive: { client_id: '', api_key: '' },
    onedrive: { client_id_personal: '', client_id_business: '', sharepoint_url: '', sharepoint_tenant_id: '' },
    ui: {
      pending_user_overlay_title: config.PENDING_USER_OVERLAY_TITLE,
      pending_user_overlay_content: config.PENDING_USER_OVERLAY_CONTENT,
      response_watermark: config.RESPONSE_WATERMARK,
      ...(can.newerServerSwitches ? { iframe_csp: '' } : {}),
    },
    license_metadata: null,
  };
}

const entryFeatures = ({ config }: OpenWebUIWorld): JsonObject => ({
  auth: true,
  auth_trusted_header: false,
  enable_signup_password_confirmation: false,
  enable_ldap: false,
  enable_signup: config.ENABLE_SIGNUP,
  enable_login_form: true,
  enable_websocket: true,
});

const keyFeatures = ({ config }: OpenWebUIWorld): JsonObject => ({
  enable_api_keys: config.ENABLE_API_KEYS,
  enable_version_update_check: false,
  enable_public_active_users_count: true,
});

const switches = ({ config }: OpenWebUIWorld): JsonObject => ({
  enable_direct_connections: false,
  enable_folders: config.ENABLE_FOLDERS,
  enable_channels: config.ENABLE_CHANNELS,
  enable_notes: config.ENABLE_NOTES,
  enable_web_search: false,
  enable_code_execution: true,
  enable_code_interpreter: true,
  enable_image_generation: false,
  enable_autocomplete_generation: false,
  enable_community_sharing: config.ENABLE_COMMUNITY_SHARING,
  enable_message_rating: config.ENABLE_MESSAGE_RATING,
  enable_user_webhooks: config.ENABLE_USER_WEBHOOKS,
  enable_admin_export: true,
  enable_admin_chat_access: true,
  enable_google_drive_integration: false,
  enable_onedrive_integration: false,
});

const newerSwitches = ({ config }: OpenWebUIWorld): JsonObject => ({
  enable_password_change_form: true,
  enable_pyodide_file_persistence: false,
  enable_easter_eggs: true,
  enable_plugins: true,
  folder_max_file_count: config.FOLDER_MAX_FILE_COUNT,
  enable_calendar: config.ENABLE_CALENDAR,
  enable_automations: config.ENABLE_AUTOMATIONS,
  enable_context_compaction: false,
  enable_web_search_confirmation: false,
  web_search_confirmation_content: 'Your query will be sent to the configured web search provider.',
  enable_user_status: config.ENABLE_USER_STATUS,
  enable_admin_analytics: true,
  enable_memories: config.ENABLE_MEMORIES,
});
