import type { SourceFile } from './arrows.ts';

/** Where a kind may be named, because showing or inventing that very kind is what the place is for. */
const homes = [
  'sources/horde/',
  'sources/mcsmanager/',
  'sources/openwebui/',
  'sources/registry.ts',
  'graph/accounts/',
  'graph/mutations/horde/',
  'graph/mutations/mcsmanager/',
  'graph/mutations/openwebui/',
  'graph/types/source.ts', // The enum of kinds, which GraphQL wants to be closed.
  'access/facet-scopes.ts', // A scope for each facet, those of one kind among them.
  'domain/accounts/',
  'domain/cast.ts',
  'twins/',
  'graphiql/examples.ts',
];

const exact = /^(?:AI_HORDE|MCS_MANAGER|OPEN_WEBUI|AI Horde|MCSManager|Open WebUI|horde|mcsmanager|webui)$/;
/** Facets and types that only one kind has. */
const owned = /^(?:horde|mcsManager|openWebUI)[A-Z]/;
const words = /\b(?:AI_HORDE|MCS_MANAGER|OPEN_WEBUI)\b/;

/** Each line of a shared file that names a kind as a value. Sentences for people may speak of kinds. */
export function namesOfKinds({ path, text }: SourceFile): string[] {
  if (homes.some((home) => path.startsWith(home))) return [];
  return withoutComments(text)
    .split('\n')
    .flatMap((line, index) => {
      const name = nameIn(line);
      return name === undefined ? [] : [`src/${path}:${index + 1} names ${name}`];
    });
}

function nameIn(line: string): string | undefined {
  const literals = [...line.matchAll(literal)].map(([, , value = '']) => value);
  return literals.find((value) => exact.test(value) || owned.test(value)) ?? words.exec(line.replace(literal, ''))?.[0];
}

const literal = /(['"`])((?:\\.|(?!\1).)*)\1/g;

/** Line numbers stay. A `//` within an address is no comment. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/(^|\s)\/\/.*$/gm, '$1');
}
