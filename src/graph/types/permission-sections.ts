/** Upstream key → its name in the graph and what it means. */
export type SectionKeys = Readonly<Record<string, readonly [name: string, description: string]>>;

interface Section {
  readonly typeName: string;
  readonly description: string;
  readonly keys: SectionKeys;
}

/** The permissions that have typed fields. Others, and those of later releases, are in `grants`. */
export const sections = {
  workspace: {
    typeName: 'WorkspacePermissions',
    description: 'Rights over the shared workspace.',
    keys: {
      models: ['models', 'Make and change models.'],
      knowledge: ['knowledge', 'Make and change knowledge bases.'],
      prompts: ['prompts', 'Make and change prompts.'],
      tools: ['tools', 'Make and change tools. Tools run code on the server.'],
      skills: ['skills', 'Make and change skills. From release 0.8.0.'],
      models_import: ['modelsImport', 'Import models.'],
      models_export: ['modelsExport', 'Export models.'],
      prompts_import: ['promptsImport', 'Import prompts.'],
      prompts_export: ['promptsExport', 'Export prompts.'],
      tools_import: ['toolsImport', 'Import tools.'],
      tools_export: ['toolsExport', 'Export tools.'],
      skills_import: ['skillsImport', 'Import skills. From release 0.8.0.'],
      skills_export: ['skillsExport', 'Export skills. From release 0.8.0.'],
    },
  },
  sharing: {
    typeName: 'SharingPermissions',
    description: 'Rights to share with others, or with everybody.',
    keys: {
      models: ['models', 'Share models with chosen people.'],
      public_models: ['publicModels', 'Share models with everybody.'],
      knowledge: ['knowledge', 'Share knowledge bases with chosen people.'],
      public_knowledge: ['publicKnowledge', 'Share knowledge bases with everybody.'],
      prompts: ['prompts', 'Share prompts with chosen people.'],
      public_prompts: ['publicPrompts', 'Share prompts with everybody.'],
      tools: ['tools', 'Share tools with chosen people.'],
      public_tools: ['publicTools', 'Share tools with everybody.'],
      skills: ['skills', 'Share skills with chosen people.'],
      public_skills: ['publicSkills', 'Share skills with everybody.'],
      notes: ['notes', 'Share notes with chosen people.'],
      public_notes: ['publicNotes', 'Share notes with everybody.'],
      folders: ['folders', 'Share folders. From release 0.11.0.'],
      public_chats: ['publicChats', 'Share chats with everybody.'],
      public_calendars: ['publicCalendars', 'Share calendars with everybody.'],
      open_chats: ['openChats', 'Open chats to others. From release 0.11.0.'],
    },
  },
  chat: {
    typeName: 'ChatPermissions',
    description: 'Rights within chats.',
    keys: {
      controls: ['controls', 'Open the chat’s controls.'],
      valves: ['valves', 'Set valves of tools and functions.'],
      system_prompt: ['systemPrompt', 'Set the system prompt.'],
      params: ['params', 'Set model parameters.'],
      file_upload: ['fileUpload', 'Upload files.'],
      web_upload: ['webUpload', 'Add web pages. From release 0.8.5.'],
      delete: ['delete', 'Delete chats.'],
      delete_message: ['deleteMessage', 'Delete messages.'],
      continue_response: ['continueResponse', 'Let an answer go on.'],
      regenerate_response: ['regenerateResponse', 'Ask for another answer.'],
      rate_response: ['rateResponse', 'Rate answers.'],
      edit: ['edit', 'Edit messages.'],
      share: ['share', 'Share chats.'],
      export: ['export', 'Export chats.'],
      import: ['import', 'Import chats. From release 0.10.0.'],
      stt: ['stt', 'Dictate.'],
      tts: ['tts', 'Have answers read out.'],
      call: ['call', 'Hold voice calls.'],
      multiple_models: ['multipleModels', 'Ask several models at once.'],
      temporary: ['temporary', 'Hold chats that are not kept.'],
      temporary_enforced: ['temporaryEnforced', 'A restriction: true means that chats are never kept.'],
    },
  },
  features: {
    typeName: 'FeaturesPermissions',
    description: 'Rights to use features as a whole.',
    keys: {
      api_keys: ['apiKeys', 'Make and use an API key.'],
      direct_tool_servers: ['directToolServers', 'Connect tool servers of one’s own.'],
      web_search: ['webSearch', 'Search the web.'],
      image_generation: ['imageGeneration', 'Generate images.'],
      code_interpreter: ['codeInterpreter', 'Run code.'],
      notes: ['notes', 'Keep notes.'],
      channels: ['channels', 'Use channels.'],
      folders: ['folders', 'Use folders.'],
      memories: ['memories', 'Have the assistant remember things. From release 0.7.0.'],
      calendar: ['calendar', 'Use the calendar. From release 0.9.5.'],
      automations: ['automations', 'Set up automations. From release 0.9.0.'],
      webhooks: ['webhooks', 'Be notified through a webhook. From release 0.10.0.'],
    },
  },
} as const satisfies Record<string, Section>;
