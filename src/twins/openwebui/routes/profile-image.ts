import type { TwinReply } from '../../server.ts';
import { forVerified, type Route } from '../call.ts';
import { defaultPicture } from '../default-picture.ts';
import { Refusal, says } from '../refusal.ts';
import { redirect } from '../replies.ts';

/** A foreign address is passed on, an inline picture decoded, everything else answered with the default. */
export const profileImageRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/users/:id/profile/image', ({ state: { world }, param }) => {
    const user = world.users.get(param('id'));
    if (!user) throw new Refusal(400, says.notFound);
    const address = user.profile_image_url ?? '';
    if (/^https?:\/\//.test(address)) return redirect(302, address);
    return inlinePicture(address, world.can.pictureTypeIsReal) ?? defaultReply;
  }),
];

function inlinePicture(address: string, typeIsReal: boolean): TwinReply | undefined {
  const [, type, data] = /^data:(image\/[^;,]+);base64,(.*)$/s.exec(address) ?? [];
  if (type === undefined || data === undefined) return undefined;
  const body = Buffer.from(data, 'base64');
  if (!typeIsReal) return { status: 200, headers: { 'content-type': 'image/png' }, body };
  if (!/^image\/(png|jpeg|gif|webp)$/.test(type)) return undefined;
  return { status: 200, headers: { 'content-type': type, 'x-content-type-options': 'nosniff' }, body };
}

const defaultReply: TwinReply = {
  status: 200,
  headers: { 'content-type': 'image/png', etag: '"7858-default"' },
  body: defaultPicture,
};
