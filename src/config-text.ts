import { type Document, isCollection, isPair, isScalar, parseDocument, type YAMLError } from 'yaml';
import { ConfigError } from './config-faults.ts';

/** What the file's YAML says. What is wrong with it is told by its place: the parser's own messages quote the file, which may hold keys. */
export function readConfigText(text: string): unknown {
  // The library would print its warnings by itself.
  const document = parseDocument(text, { logLevel: 'error' });
  const tags = [...document.errors, ...document.warnings].filter(({ code }) => code === 'TAG_RESOLVE_FAILED');
  if (tags.length > 0) throw new ConfigError(tags.map((tag) => tellTag(tag, document)));
  const [error] = document.errors;
  if (error !== undefined) throw new ConfigError([`the file is not valid YAML${at(error)}`]);
  try {
    return document.toJS();
  } catch {
    // Such as an alias for what is nowhere.
    throw new ConfigError(['the file is not valid YAML']);
  }
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
