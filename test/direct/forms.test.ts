import type { GraphQLParams } from 'graphql-yoga';
import { describe, expect, it } from 'vitest';
import { createForms, type Make } from '../../src/direct/forms.ts';

const query = 'query Member($id: ID!) { user(id: $id) { id } } # "variables":{"id":"horde:1"}';
const variables = { id: 'horde:1', text: 'ä "variables": {} \\" \u{1f600}' };

/** As clients order what they send. */
const orders: Readonly<Record<string, GraphQLParams>> = {
  'the query first': { query, variables },
  'the variables first': { variables, query },
  'as Apollo Client does': { operationName: 'Member', variables, extensions: { clientLibrary: { name: 'x', variables } }, query },
  'no variables': { query },
};

const values: readonly string[] = [
  ...['{"id":"horde:2"}', '{}', 'null', '{"a":[1,2,{"b":"}\\","}],"c":1e3}', ' { "id" : "ö" }\n', '{"__proto__":{"a":1}}'],
  ...['[]', '1', '"text"', '', '{', '{"id":"horde:2"},"query":"{ other }"', '{"id":"horde:2"},"variables":{"id":"horde:3"}'],
  ...['{}},{', 'undefined', '{"id":"horde:2"}/**/', '{"id":"\\u00e4"}'],
];

type Found = Readonly<Record<'variables' | 'text', unknown>>;

const told: Make<Found> = (variables, text) => ({ variables, text });

const read = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return 'no JSON';
  }
};

describe('the forms of bodies', () => {
  it.each(Object.entries(orders))('reads the variables alone of a body written as one before: %s', (_name, params) => {
    const forms = createForms<Found>(8);
    const text = JSON.stringify(params);
    forms.keep(Buffer.from(text), params, told);

    const kept = forms.find(Buffer.from(text));
    expect(kept).toEqual({ variables: params.variables, text: params.variables === undefined ? '' : JSON.stringify(variables) });
    expect(forms.find(Buffer.from(text))).toBe(kept);
    if (params.variables === undefined) return;
    for (const other of [{ id: 'panel:1' }, {}, { id: 'ö', deep: { list: [null, 1.5, '"}'] } }]) {
      const found = forms.find(Buffer.from(JSON.stringify({ ...params, variables: other })));
      expect(found).toEqual({ variables: other, text: JSON.stringify(other) });
    }
  });

  it.each(Object.entries(orders))('finds nothing that JSON would not read so: %s', (_name, params) => {
    const forms = createForms<Found>(8);
    const text = JSON.stringify(params);
    forms.keep(Buffer.from(text), params, told);
    const spelled = JSON.stringify(variables);
    let found = 0;
    let others = 0;
    // In the place of each that looks like them, wherever it stands.
    for (let at = text.indexOf(spelled); at >= 0; at = text.indexOf(spelled, at + 1)) {
      for (const value of values) {
        const body = Buffer.from(`${text.slice(0, at)}${value}${text.slice(at + spelled.length)}`);
        const same = forms.find(body);
        if (same === undefined) {
          others += 1;
          continue;
        }
        found += 1;
        expect(read(body)).toEqual({ ...params, variables: same.variables });
      }
    }
    const places = text.split(spelled).length - 1;
    expect(found + others).toBe(places * values.length);
    // Of those in the right place: all that are objects or null.
    expect(found).toBe(params.variables === undefined ? 0 : values.filter(isVariablesAlone).length);
  });

  it('finds nothing where another byte of the document is another one', () => {
    const forms = createForms<Found>(8);
    const text = JSON.stringify({ query, variables });
    forms.keep(Buffer.from(text), { query, variables }, told);
    for (const [at, letter] of [...text].entries()) {
      const inside = at >= text.indexOf(`${JSON.stringify(variables)}}`) && at < text.length - 1;
      if (inside) continue;
      const body = Buffer.from(`${text.slice(0, at)}${letter === 'x' ? 'y' : 'x'}${text.slice(at + letter.length)}`);
      expect(forms.find(body), String(body)).toBeUndefined();
    }
    expect(forms.find(Buffer.from(`${text} `))).toBeUndefined();
    expect(forms.find(Buffer.from(text.slice(0, -1)))).toBeUndefined();
    expect(forms.find(Buffer.alloc(0))).toBeUndefined();
  });

  it('keeps nothing of what is not written as JavaScript writes it', () => {
    const forms = createForms<Found>(8);
    const body = Buffer.from(`{"query":"{ a }","variables":{ "id": 1.0 }}`);
    forms.keep(body, { query: '{ a }', variables: { id: 1 } }, told);
    expect(forms.find(body)).toBeUndefined();
  });

  it('keeps nothing where another part of the body looks like the variables, and comes first', () => {
    const forms = createForms<Found>(8);
    const params = { extensions: { variables }, query, variables };
    const body = Buffer.from(JSON.stringify(params));
    forms.keep(body, params, told);
    expect(forms.find(body)).toBeUndefined();
  });

  it('keeps so many, and those longest that are asked for', () => {
    const forms = createForms<number>(4);
    const bodies = Array.from({ length: 6 }, (_, at) => Buffer.from(JSON.stringify({ query: `{ a${at} }` })));
    const keep = (at: number): void => forms.keep(bodies[at] ?? Buffer.alloc(0), { query: `{ a${at} }` }, () => at);
    for (const at of [0, 1, 2, 3]) keep(at);
    for (const body of [bodies[3], bodies[3]]) forms.find(body ?? Buffer.alloc(0));
    keep(4);
    keep(5);
    const kept = bodies.map((body) => forms.find(body)).filter((found) => found !== undefined);
    expect(kept).toHaveLength(4);
    expect(kept).toContain(3);
    expect(kept).toContain(5);
  });
});

function isVariablesAlone(value: string): boolean {
  const told = read(Buffer.from(value));
  return told !== 'no JSON' && typeof told === 'object' && !Array.isArray(told);
}
