import type { Population } from '../upstream/messages.ts';

/** Texts that an Open WebUI finds in at least so many names or addresses, so that each brings another page. */
export function searches(people: Population['webui'], atLeast: number): string[] {
  const texts = people.map(({ name, email }) => `${name}\n${email}`.toLowerCase());
  const pairs = new Set(texts.flatMap(pairsOf));
  return [...pairs].filter((pair) => texts.filter((text) => text.includes(pair)).length >= atLeast).toSorted();
}

const pairsOf = (text: string): string[] =>
  Array.from({ length: text.length - 1 }, (_, at) => text.slice(at, at + 2)).filter((pair) => /^[a-z]{2}$/.test(pair));
