import type { ZodType } from 'zod';
import { SourceError } from '../../errors.ts';
import type { Ask, Question, Thrown, Told } from './asking.ts';
import type { Endpoint } from './classify.ts';
import { isAdmin } from './map.ts';
import { McsManagerUser } from './wire.ts';

/** The panel as one session sees it: asked with one key, remembering whose that is. */
export interface Panel {
  readonly source: string;
  ask<Data>(question: Omit<Question, 'key'>, shape: ZodType<Data>): Promise<Told<Data> | Thrown>;
  /** The same where a "no" has no second meaning: it is the panel's own trouble. What it tells shows that all is well. */
  demand<Data>(question: Omit<Question, 'key'>, shape: ZodType<Data>): Promise<Told<Data>>;
  /** Whose key this is; asked at most once. Rejects when it is nobody's. */
  self(): Promise<Told<McsManagerUser>>;
  /** Rejects unless the panel is well now and the key an administrator's. Whoever wants to know while it is being asked shares that. */
  verify(): Promise<void>;
}

export function createPanel(source: string, ask: Ask, key: string | undefined): Panel {
  let self: Promise<Told<McsManagerUser>> | undefined;
  const verify = sharedWhileAsked(async () => {
    const { data } = await askSelf();
    if (!isAdmin(data.permission)) throw new SourceError('SOURCE_FAILED', source);
  });

  function requireKey(): string {
    if (key === undefined) throw keyWanted(source);
    // No other characters occur in keys; asking would look as if the panel could not be reached.
    if (!/^[\w-]+$/.test(key)) throw unauthorized(source);
    return key;
  }

  async function askSelf(): Promise<Told<McsManagerUser>> {
    const outcome = await ask({ endpoint: 'self', key: requireKey() }, McsManagerUser);
    if (outcome.kind === 'refused') throw unauthorized(source);
    if (outcome.kind === 'thrown') throw new SourceError('SOURCE_FAILED', source);
    return outcome;
  }

  const panel: Panel = {
    source,
    ask: async (question, shape) => {
      const outcome = await ask({ ...question, key: requireKey() }, shape);
      if (outcome.kind !== 'refused') return outcome;
      // Whoever's the key is, it may ask these; a refusal elsewhere can also mean that it is too weak.
      if (!userRoutes.has(question.endpoint)) await panel.self();
      throw userRoutes.has(question.endpoint) ? unauthorized(source) : forbidden(source);
    },
    demand: async (question, shape) => {
      const outcome = await panel.ask(question, shape);
      if (outcome.kind === 'thrown') throw new SourceError('SOURCE_FAILED', source);
      return outcome;
    },
    self: () => {
      self ??= askSelf();
      return self;
    },
    verify,
  };
  return panel;
}

/** One at a time: whoever comes meanwhile gets the same answer, and whoever comes later a newer one. */
export function sharedWhileAsked<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  const forget = (): void => {
    asked = undefined;
  };
  return () => {
    asked ??= ask().finally(forget);
    return asked;
  };
}

const userRoutes: ReadonlySet<Endpoint> = new Set(['self', 'user', 'instance', 'ownPassword', 'ownKey']);

/** For what the panel shows to no key but an administrator's. */
export const forbidden = (source: string): SourceError =>
  new SourceError('SOURCE_FORBIDDEN', source, { hint: 'Only an administrator’s key may read this.' });

export const isForbidden = (error: unknown): error is SourceError =>
  error instanceof SourceError && error.code === 'SOURCE_FORBIDDEN';

const keyWanted = (source: string): SourceError =>
  new SourceError('SOURCE_UNAUTHORIZED', source, { hint: 'The panel shows nothing without an API key.' });

/** True where the panel itself turned the key down; a gateway's 401 has no hint. */
export const isKeyRefused = (error: unknown): boolean =>
  error instanceof SourceError && error.message === unauthorized(error.source).message;

/** The panel does not tell these apart. */
const unauthorized = (source: string): SourceError =>
  new SourceError('SOURCE_UNAUTHORIZED', source, {
    hint: 'The key may be wrong, a banned user’s or one that two users share, or the panel has API keys switched off.',
  });
