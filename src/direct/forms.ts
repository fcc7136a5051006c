import type { GraphQLParams } from 'graphql-yoga';
import { isVariables } from './params.ts';

type Variables = GraphQLParams['variables'];

/** What is made of a body: `text` is its variables as they were written, empty where it has none. */
export type Make<Made> = (variables: Variables | undefined, text: string) => Made;

/**
 * Bodies by how they are written. A page asks the same document again and again with other variables: what stands around these is
 * compared with what came before, and they alone are read.
 */
export interface Forms<Made> {
  /** What is made of such a body, of one that is the same as the last the same. Throws what `make` throws. */
  find(body: Buffer): Made | undefined;
  /** `params`: what the body was read as. `make` is kept for all bodies that differ from it in the value of their variables only. */
  keep(body: Buffer, params: GraphQLParams, make: Make<Made>): void;
}

interface Shape {
  readonly head: Buffer;
  /** Null where the head is all of it. */
  readonly tail: Buffer | null;
}

interface Form<Made> extends Shape {
  readonly make: Make<Made>;
  /** Many ask the same at the same time. */
  latest: { readonly text: string; readonly made: Made } | undefined;
}

/** No more than `most`. What is asked for again moves to the front half-way, and what comes new takes the place of the last. */
export function createForms<Made>(most: number): Forms<Made> {
  const forms: Form<Made>[] = [];

  return {
    find: (body) => {
      for (const [at, form] of forms.entries()) {
        const text = textOfVariables(body, form);
        if (text === undefined) continue;
        if (form.latest?.text !== text) {
          const variables = text === '' ? undefined : read(text);
          if (variables === 'unreadable') continue;
          form.latest = { text, made: form.make(variables, text) };
        }
        const ahead = forms[at >> 1] ?? form;
        forms[at >> 1] = form;
        forms[at] = ahead;
        return form.latest.made;
      }
      return undefined;
    },
    keep: (body, params, make) => {
      const shape = shapeOf(body, params);
      if (shape === null) return;
      if (forms.length >= most) forms.pop();
      forms.push({ ...shape, make, latest: undefined });
    },
  };
}

/** Undefined for a body of another form, and empty for one without variables. */
function textOfVariables(body: Buffer, { head, tail }: Shape): string | undefined {
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
function read(text: string): Variables | 'unreadable' {
  try {
    const variables: unknown = JSON.parse(text);
    return isVariables(variables) ? variables : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** Null where the variables are not written as JavaScript writes them, or another part of the body looks like them. */
function shapeOf(body: Buffer, params: GraphQLParams): Shape | null {
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
