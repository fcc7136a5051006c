const keptTags = 'a|abbr|acronym|b|blockquote|code|em|i|li|ol|strong|ul';

/** As aliases are cleaned when they are set: a few plain inline tags survive, all other markup is escaped. */
export function cleanHtml(text: string): string {
  const escaped = text
    .replace(/&(?!#?\w+;)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  return escaped.replace(new RegExp(`&lt;(/?(?:${keptTags}))&gt;`, 'gi'), '<$1>');
}

/** A stand-in for the server's word lists. */
export const isProfane = (text: string): boolean => /\b(damn|crap)\b/i.test(text);
