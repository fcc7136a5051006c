import type { Json, JsonObject, UserSettings } from '../../domain/facets.ts';
import { builder } from '../builder.ts';
import { interfaceSettings } from './interface-settings.ts';

export const UserSettingsRef = builder.objectRef<UserSettings>('UserSettings');

const InterfaceSettingsRef = builder.objectRef<JsonObject>('UserInterfaceSettings');

InterfaceSettingsRef.implement({
  description:
    'What a user set for the pages they use, typed. The source checks nothing of it, so a value of another type than expected is null here, but for a number where text is expected, which comes as its text (`temperature`: 0.7 is “0.7”); `UserSettings.uiJson` has it as it is.',
  fields: (t) => {
    const bySort = {
      boolean: (key: string, description: string) =>
        t.boolean({ nullable: true, description, resolve: (ui) => asBoolean(ui[key]) }),
      text: (key: string, description: string) => t.string({ nullable: true, description, resolve: (ui) => asText(ui[key]) }),
      number: (key: string, description: string) => t.float({ nullable: true, description, resolve: (ui) => asNumber(ui[key]) }),
      texts: (key: string, description: string) =>
        t.stringList({ nullable: true, description, resolve: (ui) => asTexts(ui[key]) }),
      json: (key: string, description: string) =>
        t.field({ type: 'JSON', nullable: true, description, resolve: (ui) => ui[key] ?? null }),
    };
    return Object.fromEntries(
      interfaceSettings.map(({ key, name, sort, description }) => [name, bySort[sort](key, description)]),
    );
  },
});

UserSettingsRef.implement({
  description:
    'What a user set for the pages they use. Keys of tool servers, addresses of webhooks and whatever else looks like a secret are masked.',
  fields: (t) => ({
    ui: t.field({
      type: InterfaceSettingsRef,
      nullable: true,
      description: 'The known settings of the interface, typed.',
      resolve: ({ ui }) => ui,
    }),
    uiJson: t.field({
      type: 'JSONObject',
      nullable: true,
      description: 'The whole `ui` object as it is stored, secrets masked.',
      resolve: ({ ui }) => ui,
    }),
    all: t.field({
      type: 'JSONObject',
      nullable: false,
      description: 'Everything that is stored, `ui` too, secrets masked.',
      resolve: ({ all }) => all,
    }),
  }),
});

const asBoolean = (value: Json | undefined): boolean | null => (typeof value === 'boolean' ? value : null);

/** Sampling values are text by declaration and numbers in practice. */
const asText = (value: Json | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;

function asNumber(value: Json | undefined): number | null {
  // In JSON a number may be too large for any float.
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : null;
}

const asTexts = (value: Json | undefined): string[] | null =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : null;
