import type { FieldValue } from '../../../domain/writes.ts';

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' };

/** The Horde cleans aliases as HTML before it keeps them: `a & b` comes back as `a &amp; b`, which is what was meant. */
export function matchesCleaned(current: FieldValue, wanted: FieldValue): boolean {
  if (typeof current !== 'string' || typeof wanted !== 'string') return false;
  return current === wanted || decode(current) === decode(wanted);
}

const decode = (text: string): string => text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
