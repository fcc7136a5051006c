import { type Document, isCollection, isPair, isScalar, parseDocument, type Tags, visit, type YAMLError } from 'yaml';
import { ConfigError } from './config-faults.ts';

/** What the file's YAML says. What is wrong with it is told by its place: the parser's own messages quote the file, which may hold keys. */
export function readConfigText(text: string): unknown {
  // The library would print its warnings by itself.
  const document = parseDocument(text, { logLevel: 'error', resolveKnownTags: false, customTags: withoutOdd });
  const tags = [...document.errors, ...document.warnings].filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tags.length > 0) throw new ConfigError(tags.map((tag) => tellTag(tag, document)));
  const [error] = document.errors;
  if (error !== undefined) throw new ConfigError([`the file is not valid YAML${at(error)}`]);
  const endless = lineOfEndless(document, text);
  if (endless !== null)
    throw new ConfigError([`the file: what "*" at line ${endless} stands for holds that place itself; write out what is meant`]);
  try {
    return document.toJS();
  } catch {
    // Such as an alias for what is nowhere.
    throw new ConfigError(['the file is not valid YAML']);
  }
}

/** Those whose values are no texts, numbers, lists or keys with values: taken for such, they would be empty. */
const oddTags = new Set(['set', 'omap', 'pairs', 'binary', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`));

/** They are then unknown like every other tag, also in a file that says it is YAML 1.1. */
const withoutOdd = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || !oddTags.has(tag.tag));

/** The line of an alias for something around it, which would never come to an end. */
function lineOfEndless(document: Document, text: string): number | null {
  let line: number | null = null;
  visit(document, {
    Alias: (_key, alias, around) => {
      const named = alias.resolve(document);
      if (named === undefined || !around.some((node) => node === named)) return undefined;
      line = text.slice(0, alias.range?.[0]).split('\n').length;
      return visit.BREAK;
    },
  });
  return line;
}

/** A text that begins with `!` and is not quoted is no text to YAML, but what kind of value follows. */
function tellTag(tag: YAMLError, { contents }: Document): string {
  const path = pathTo(contents, tag.pos[0]).join('.');
  return `${path === '' ? 'the file' : path}: what begins with "!"${at(tag)} is a tag to YAML, and means nothing here; quote the whole text, as in "!text"`;
}

const at = ({ linePos }: YAMLError): string => (linePos === undefined ? '' : ` at line ${linePos[0].line}`);

/** The keys that lead to what stands at this character. */
function pathTo(node: unknown, place: number): (string | number)[] {
  // A collection begins behind its own tag.
  if (!isCollection(node) || place < (node.range?.[0] ?? 0)) return [];
  for (const [index, item] of node.items.entries()) {
    const value = isPair(item) ? item.value : item;
    if (endOf(value) < place) continue;
    if (!isPair(item)) return [index, ...pathTo(item, place)];
    // It is the key itself that has a tag.
    if (endOf(item.key) > place) return [];
    return isScalar(item.key) ? [String(item.key.value), ...pathTo(value, place)] : [];
  }
  return [];
}

/** After the last character of its own; what is empty has none and follows its tag. */
const endOf = (node: unknown): number => (isScalar(node) || isCollection(node) ? (node.range?.[1] ?? -1) : -1);
