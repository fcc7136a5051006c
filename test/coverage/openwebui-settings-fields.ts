import { alike, at, type Fields, noted, secret } from './entry.ts';

const ui = 'OpenWebUIAccount.settings.ui';

/** Objects whose inside the graph shows as it is stored. */
function inside(setting: string, ...keys: readonly string[]): Fields {
  return Object.fromEntries(keys.map((key) => [`ui.${setting}.${key}`, at(`${ui}.${setting}`)]));
}

const typed = alike(
  [ui],
  ...['pinnedModels', 'toolServers', 'detectArtifacts', 'showUpdateToast', 'showChangelog', 'showEmojiInCall'],
  ...['voiceInterruption', 'collapseCodeBlocks', 'expandDetails', 'notificationSound', 'notificationSoundAlways'],
  ...['stylizedPdfExport', 'notifications', 'imageCompression', 'imageCompressionSize', 'textScale', 'widescreenMode'],
  ...['largeTextAsFile', 'promptAutocomplete', 'hapticFeedback', 'responseAutoCopy', 'richTextInput', 'params'],
  ...['userLocation', 'webSearch', 'memory', 'autoTags', 'autoFollowUps', 'backgroundImageUrl', 'landingPageMode'],
  ...['iframeSandboxAllowForms', 'iframeSandboxAllowSameOrigin', 'scrollOnBranchChange', 'directConnections', 'chatBubble'],
  ...['copyFormatted', 'models', 'conversationMode', 'speechAutoSend', 'responseAutoPlayback', 'audio', 'showUsername'],
  ...['notificationEnabled', 'highContrastMode', 'title', 'showChatTitleInTab', 'splitLargeDeltas', 'chatDirection'],
  ...['ctrlEnterToSend', 'system', 'seed', 'temperature', 'repeat_penalty', 'top_k', 'top_p', 'num_ctx', 'num_batch'],
  ...['num_keep', 'options'],
);

/** What users save for the web client. */
export const settings: Fields = {
  ui: at('OpenWebUIAccount.settings.ui', 'OpenWebUIAccount.settings.uiJson'),
  'any other key': noted('The SDK’s model takes keys that it does not name.', 'OpenWebUIAccount.settings.all'),
  ...Object.fromEntries(Object.entries(typed).map(([key, entry]) => [`ui.${key}`, entry])),
  'ui.notifications.webhook_url': secret(
    'Whoever has the address can post to it: the key is shown, its value masked.',
    `${ui}.notifications`,
  ),
  ...inside('audio', 'stt', 'tts', 'STTEngine', 'TTSEngine', 'speaker', 'model', 'nonLocalVoices'),
  ...inside('title', 'auto', 'model', 'modelExternal', 'prompt'),
  ...inside('options', 'stop'),
};
