import { z } from 'zod';
import { SourceError } from '../../../errors.ts';
import { describeFailure } from '../../../writing/failures.ts';
import { Refusal } from '../../../writing/refusals.ts';
import type { WriteEndpoint } from '../classify.ts';
import { isForbidden, isKeyRefused } from '../panel.ts';
import type { Users } from '../users.ts';
import { McsManagerUuid } from '../wire.ts';

/** What the panel says to a write that was done and to one that silently was not. Anything else is not the panel’s word. */
const Done = z.literal(true);
/** As a key can be sent. */
const Key = z.string().regex(/^[\w-]+$/);
const NoKey = z.literal('');

export const sendEdit = (users: Users, uuid: string, config: Readonly<Record<string, unknown>>): Promise<void> =>
  send(users, 'edit', { uuid, config }, Done).then(() => undefined);

/** A list, which the panel tells from all else by its brackets. */
export const sendDelete = (users: Users, uuid: string): Promise<void> =>
  send(users, 'delete', [uuid], Done).then(() => undefined);

export const sendOwnPassword = (users: Users, passWord: string): Promise<void> =>
  send(users, 'ownPassword', { passWord }, Done).then(() => undefined);

/** The new key. */
export const sendNewOwnKey = (users: Users): Promise<string> => send(users, 'ownKey', { enable: true }, Key);

export const sendNoOwnKey = (users: Users): Promise<void> =>
  send(users, 'ownKey', { enable: false }, NoKey).then(() => undefined);

/** The id of the new user; null where the panel said no, be it for the name or for trouble of its own. */
export async function sendCreate(
  users: Users,
  user: { readonly username: string; readonly password: string; readonly permission: number },
): Promise<string | null> {
  const outcome = await ask(users, 'create', user, McsManagerUuid);
  return outcome.kind === 'told' ? outcome.data.uuid : null;
}

/** Sent once. Rejects with a `SourceError` where some of it may have been done, with a `Refusal` where surely nothing was. */
async function send<Data>(users: Users, endpoint: WriteEndpoint, json: unknown, shape: z.ZodType<Data>): Promise<Data> {
  const outcome = await ask(users, endpoint, json, shape);
  if (outcome.kind === 'thrown') throw new SourceError('SOURCE_FAILED', users.panel.source);
  return outcome.data;
}

async function ask<Data>({ panel }: Users, endpoint: WriteEndpoint, json: unknown, shape: z.ZodType<Data>) {
  try {
    return await panel.ask({ endpoint, json }, shape);
  } catch (error) {
    // Keys are looked at before anything else is.
    if (isForbidden(error)) throw new Refusal({ kind: 'FORBIDDEN', source: panel.source, message: onlyAdmins });
    throw isKeyRefused(error) ? new Refusal(describeFailure(error)) : error;
  }
}

const onlyAdmins = 'Only an administrator’s key may write this.';
