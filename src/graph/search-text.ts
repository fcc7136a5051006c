import { InputError } from '../errors.ts';

const longest = 200;

/** Text on its way to a source's search. Longer than any name it would overflow an address; half a character fits in none. */
export function searchText(argument: string, text: string): string {
  if (text.length > longest) throw new InputError(`${argument} is longer than ${longest} characters.`);
  if (!text.isWellFormed()) throw new InputError(`${argument} holds half a character. Send whole ones.`);
  return text;
}
