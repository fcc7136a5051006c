import type { Ask } from './ask.ts';
import type { Json, JsonObject } from './json.ts';
import type { HordeStyle } from './records.ts';
import { notFound, refuse } from './refusals.ts';
import { sharedKeyDetails } from './shared-keys.ts';
import { type HordeWorld, uniqueAlias } from './world.ts';

/** `GET /v2/styles/image/{id}` */
export const readImageStyle = (ask: Ask): Json => readStyle(ask, 'image');

/** `GET /v2/styles/text/{id}` */
export const readTextStyle = (ask: Ask): Json => readStyle(ask, 'text');

/** Private ones too, for whoever has the id. Remembered masked. */
function readStyle(ask: Ask, type: HordeStyle['type']): Json {
  return ask.cache.remember(`style ${ask.path}`, 30, () => {
    const style = ask.world.styles.get(ask.target);
    if (!style) {
      const thing = type === 'image' ? 'Image style' : 'Text style';
      throw notFound(thing, ask.target, `${thing}NotFound`);
    }
    if (style.type !== type)
      throw refuse(400, `Style was found but was of the wrong type: ${style.type} != ${type}`, 'BadRequest');
    return ask.mask(styleDetails(ask.world, style));
  });
}

function styleDetails(world: HordeWorld, style: HordeStyle): JsonObject {
  const creator = world.users.get(style.ownerId);
  const sharedKey = style.sharedKeyId === null ? undefined : world.sharedKeys.get(style.sharedKeyId);
  return {
    id: style.id,
    use_count: style.useCount,
    ...(creator ? { creator: uniqueAlias(creator) } : {}),
    ...(style.type === 'image' ? { examples: [] } : {}),
    // The id of the key included, which is all one needs to use it.
    ...(sharedKey ? { shared_key: sharedKeyDetails(world, sharedKey) } : {}),
    name: style.name,
    info: style.info,
    prompt: style.prompt,
    params: style.params,
    public: style.public,
    nsfw: style.nsfw,
    tags: style.tags,
    models: style.models,
  };
}
