import type { Write } from './change.ts';
import type { Fault } from './refusals.ts';

/** What the sources and Rollcall show in the place of a secret. Written back, it would become the secret. */
const placeholders: ReadonlySet<string> = new Set(['[masked]', '[secret]', '[redacted]', '<wiped>']);

/** Those that also stand within a longer value, such as an address. */
const parts = ['__MCSM_SECRET_DATA__', '[masked]'];

/** The fields that would write a placeholder, however deep it stands. */
export function findPlaceholders(write: Write): Fault[] {
  if (write.sort === 'deletion') return [];
  return write.fields
    .filter(({ wanted }) => holdsPlaceholder(wanted))
    .map(({ name }) => ({ field: name, message: 'This is what is shown in the place of a secret, and no value to be set.' }));
}

function holdsPlaceholder(value: unknown): boolean {
  if (typeof value === 'string')
    return placeholders.has(value.trim().toLowerCase()) || parts.some((part) => value.includes(part));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsPlaceholder);
}
