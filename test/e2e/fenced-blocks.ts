import { readFile } from 'node:fs/promises';

/** A file at the top of the project, by its name. */
export const documentText = (name: string): Promise<string> =>
  readFile(new URL(`../../${name}`, import.meta.url), { encoding: 'utf8' });

/** The examples of a page, in order: what stands between two fences, and the word after the first. */
export function fencedBlocks(page: string): { readonly language: string; readonly text: string }[] {
  return [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({ language, text }));
}
