import type { ZodType } from 'zod';
import type { Ask, Question, Told } from '../asking.ts';
import type { Spell } from './spelling.ts';

/** Users who were written lately, of whom the Horde may still tell what was. */
export interface WrittenUsers {
  note(id: string): void;
  has(id: string): boolean;
}

/** The Horde keeps an answer about a user for 30 s, and few writes make it forget one. */
const keptMs = 31_000;

export function createWrittenUsers(now: () => number = () => performance.now()): WrittenUsers {
  // The oldest first.
  const notes = new Map<string, number>();
  return {
    note: (id) => {
      for (const [old, at] of notes) {
        if (now() - at < keptMs) break;
        notes.delete(old);
      }
      notes.delete(id);
      notes.set(id, now());
    },
    has: (id) => now() - (notes.get(id) ?? Number.NEGATIVE_INFINITY) < keptMs,
  };
}

/** Asks for users who were written lately past the Horde's cache, so that what a write did is seen by the reads after it. */
export function askPastWrites(ask: Ask, written: WrittenUsers, spell: Spell): Ask {
  const askPast = async <Shape>(id: string, question: Question, shape: ZodType<Shape>): Promise<Told<Shape> | null> => {
    const told = await ask({ ...question, path: `/v2/users/${spell(id)}` }, shape);
    // An owner is known by the usual spelling alone: under another they are told no more than anybody.
    const isAll = told === null || question.key === undefined || isForModerators(told.body);
    return isAll ? told && { ...told, pastCache: true } : ask(question, shape);
  };
  return (question, shape) => {
    const id = writtenId(question, written);
    return id === undefined ? ask(question, shape) : askPast(id, question, shape);
  };
}

function writtenId({ endpoint, path }: Question, written: WrittenUsers): string | undefined {
  const id = endpoint === 'user' ? path.slice('/v2/users/'.length) : '';
  return written.has(id) ? id : undefined;
}

const isForModerators = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'evaluating_kudos' in body && body.evaluating_kudos != null;
