import type { Json } from './json.ts';

/** A request the server turns down, with what it then sends. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Json;

  constructor(status: number, body: Json) {
    super(`refused with ${status}`);
    this.status = status;
    this.body = body;
  }
}

export const refuse = (status: number, message: string, rc: string): Refusal => new Refusal(status, { message, rc });

export const unknownKey = (): Refusal =>
  refuse(
    401,
    'No user matching sent API Key. Have you remembered to register at https://stablehorde.net/register ?',
    'InvalidAPIKey',
  );

export const unknownSharedKey = (): Refusal => refuse(401, 'No user matching sent Shared Key.', 'InvalidAPIKey');

export const notModerator = (): Refusal => refuse(403, "You're not a mod. BTFO!", 'NotModerator');

export const anonymousForbidden = (rc: 'AnonForbidden' | 'AnonForbiddenUser' | 'AnonForbiddenUserMod'): Refusal =>
  refuse(403, 'Anonymous user is forbidden from performing this operation', rc);

export const notFound = (thing: string, id: string, rc: string): Refusal =>
  refuse(404, `${thing} with ID '${id}' not found.`, rc);

/** 404 with flask-restx's suggestion of similar routes, which it finds only when the path resembles them. */
export function userNotFound(path: string, subject: string, lookup = 'ID'): Refusal {
  const similar = path.startsWith('/api/v2/find_user')
    ? '/api/v2/find_user or /api/v2/users or /api/v2/users/<string:user_id>'
    : '/api/v2/users/<string:user_id> or /api/v2/users or /api/v2/workers/<string:worker_id>';
  const hint = path.length > 40 ? '' : ` You have requested this URI [${path}] but did you mean ${similar} ?`;
  return refuse(404, `User with ${lookup} '${subject}' not found.${hint}`, 'UserNotFound');
}

export const invalidInput = (errors: Readonly<Record<string, string>>): Refusal =>
  new Refusal(400, { errors, message: 'Input payload validation failed' });

export const unreadableBody = (): Refusal =>
  new Refusal(400, { message: 'The browser (or proxy) sent a request that this server could not understand.' });

export const serverFault = (): Refusal => new Refusal(500, { message: 'Internal Server Error' });
