import type { GraphQLParams } from 'graphql-yoga';
import { isVariables } from './params.ts';

/** A body that was read before, but for the value of its variables. */
export interface Found<Known> {
  readonly known: Known;
  /** Undefined where the body has none. */
  readonly variables: GraphQLParams['variables'] | undefined;
  /** The same as they were written. Empty where the body has none. */
  readonly text: string;
}

/**
 * Bodies by how they are written. A page asks the same document again and again with other variables: what stands around these is
 * compared with what came before, and they alone are read.
 */
export interface Forms<Known> {
  find(body: Buffer): Found<Known> | undefined;
  /** `params`: what the body was read as. Keeps what is known of all bodies that differ from it in the value of their variables only. */
  keep(body: Buffer, params: GraphQLParams, known: Known): void;
}

interface Form<Known> {
  readonly head: Buffer;
  /** Null where the head is all of it. */
  readonly tail: Buffer | null;
  readonly known: Known;
}

/** No more than `most`. What is asked for again moves to the front half-way, and what comes new takes the place of the last. */
export function createForms<Known>(most: number): Forms<Known> {
  const forms: Form<Known>[] = [];

  return {
    find: (body) => {
      for (const [at, form] of forms.entries()) {
        const text = textOfVariables(body, form);
        if (text === undefined) continue;
        const variables = text === '' ? undefined : read(text);
        if (variables === 'unreadable') continue;
        const ahead = forms[at >> 1] ?? form;
        forms[at >> 1] = form;
        forms[at] = ahead;
        return { known: form.known, variables, text };
      }
      return undefined;
    },
    keep: (body, params, known) => {
      const form = formOf(body, params);
      if (form === null) return;
      if (forms.length >= most) forms.pop();
      forms.push({ ...form, known });
    },
  };
}

/** Undefined for a body of another form, and empty for one without variables. */
function textOfVariables(body: Buffer, { head, tail }: Omit<Form<unknown>, 'known'>): string | undefined {
  const start = head.length;
  const end = body.length - (tail?.length ?? 0);
  // Forms of other lengths have something else there, which is seen sooner than by comparing.
  if (end < start || body[start - 1] !== head[start - 1] || body.compare(head, 0, start, 0, start) !== 0) return undefined;
  if (tail === null) return end === start ? '' : undefined;
  return end > start && body.compare(tail, 0, tail.length, end) === 0 ? body.toString('utf8', start, end) : undefined;
}

/**
 * Where one value has been taken out of JSON, any other one makes JSON again, in which all else is what it was. So no more need be read
 * than what stands in its place.
 */
function read(text: string): GraphQLParams['variables'] | 'unreadable' {
  try {
    const variables: unknown = JSON.parse(text);
    return isVariables(variables) ? variables : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Null where the variables are not written as JavaScript writes them, or another part of the body looks like them. */
function formOf(body: Buffer, params: GraphQLParams): Omit<Form<never>, 'known'> | null {
  // Copied: what came is a part of what else a socket has read.
  if (params.variables === undefined) return { head: Buffer.from(body), tail: null };
  const text = body.toString('utf8');
  const name = '"variables":';
  const spelled = JSON.stringify(params.variables);
  const at = text.indexOf(name + spelled) + name.length;
  if (at < name.length) return null;
  const [head, tail] = [text.slice(0, at), text.slice(at + spelled.length)];
  // Put to the test: what is changed there has to change the variables, and nothing else.
  return rereads(`${head}${probe}${tail}`, params) ? { head: Buffer.from(head), tail: Buffer.from(tail) } : null;
}

const probe = '{"changed":true}';

function rereads(text: string, params: GraphQLParams): boolean {
  try {
    return JSON.stringify(JSON.parse(text)) === JSON.stringify({ ...params, variables: JSON.parse(probe) });
  } catch {
    return false;
  }
}
