import type { Random } from '../random.ts';
import type { JsonObject } from './json.ts';
import type { OpenWebUIWorld } from './world.ts';

/**
 * Settings as web clients save them: few keys or nearly all, with the secrets the real ones hold.
 * Some values deliberately have another type than the client's own declarations give them.
 */
export function createSampleSettings(random: Random, world: OpenWebUIWorld, extent: 'few' | 'full'): JsonObject {
  const few = {
    chatDirection: random.pick(['LTR', 'RTL', 'auto']),
    notificationSound: random.chance(0.7),
    showUsername: random.chance(0.5),
    version: '0.6.43',
  };
  if (extent === 'few') return { ui: few };
  const ui = { ...few, ...switches(random), ...choices(random), ...connections(world) };
  return { ui, model_order: ['harbour-7b', 'lantern-70b'] };
}

const switches = (random: Random): JsonObject => Object.fromEntries(switchNames.map((name) => [name, random.chance(0.5)]));

const choices = (random: Random): JsonObject => ({
  landingPageMode: random.pick(['', 'chat']),
  system: 'Answer in one sentence.',
  temperature: 0.7,
  top_k: '40',
  textScale: random.pick([1, 1.25]),
  seed: random.between(1, 9999),
  models: ['harbour-7b'],
  pinnedModels: ['harbour-7b', 'lantern-70b'],
  imageCompressionSize: { width: '1024', height: '768' },
  params: { temperature: 0.2, stop: ['END'] },
  userLocation: random.pick<false | JsonObject>([false, { latitude: 57.7, longitude: 11.97 }]),
  webSearch: random.pick([null, 'always']),
  widescreenMode: random.pick([null, true]),
  backgroundImageUrl: null,
  audio: { tts: { engineConfig: { dtype: 'fp32' }, playbackRate: 1 }, stt: {} },
  title: { auto: random.chance(0.8) },
  options: { stop: ['END'] },
  recentEmojis: ['🛟', '⚓'],
});

const connections = (world: OpenWebUIWorld): JsonObject => ({
  toolServers: [
    {
      url: 'https://tools.example/tide',
      path: 'openapi.json',
      auth_type: 'bearer',
      key: world.newSecret('tool-'),
      headers: { 'x-tide-key': world.newSecret('header-') },
      info: { name: 'Tide tables', oauth_client_info: world.newSecret('client-') },
      config: { enable: true },
    },
  ],
  directConnections: {
    OPENAI_API_BASE_URLS: ['https://models.example/v1'],
    OPENAI_API_KEYS: [world.newSecret('direct-')],
    OPENAI_API_CONFIGS: {},
  },
  notifications: { webhook_url: `https://hooks.example/${world.newSecret('hook-')}` },
});

const switchNames: readonly string[] = (
  'detectArtifacts showUpdateToast showChangelog showEmojiInCall voiceInterruption collapseCodeBlocks expandDetails ' +
  'notificationSoundAlways stylizedPdfExport imageCompression largeTextAsFile promptAutocomplete hapticFeedback ' +
  'richTextInput memory autoTags autoFollowUps iframeSandboxAllowForms iframeSandboxAllowSameOrigin ' +
  'scrollOnBranchChange chatBubble copyFormatted conversationMode speechAutoSend responseAutoPlayback ' +
  'notificationEnabled highContrastMode showChatTitleInTab splitLargeDeltas ctrlEnterToSend temporaryChatByDefault'
).split(' ');
