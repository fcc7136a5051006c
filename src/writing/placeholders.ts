import type { Write } from './change.ts';
import type { Fault } from './refusals.ts';

/** What the sources and Rollcall show in the place of a secret. Written back, it would become the secret. */
const placeholders: ReadonlySet<string> = new Set(['__MCSM_SECRET_DATA__', '[masked]', '[secret]', '[redacted]', '<wiped>']);

/** The fields that would write a placeholder, however deep it stands. */
export function findPlaceholders(write: Write): Fault[] {
  if (write.sort === 'deletion') return [];
  return write.fields
    .filter(({ wanted }) => holdsPlaceholder(wanted))
    .map(({ name }) => ({ field: name, message: 'This is what is shown in the place of a secret, and no value to be set.' }));
}

function holdsPlaceholder(value: unknown): boolean {
  if (typeof value === 'string') return placeholders.has(value.trim());
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsPlaceholder);
}
