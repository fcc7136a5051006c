import type { Told, ToldField } from './telling.ts';
import { agrees } from './twin-truth.ts';

/** Whether each of the writes that took effect stands in one line: the later found what the earlier left, and left what is now. */
export function isAccountedFor(field: ToldField, rivals: readonly ToldField[], now: unknown): boolean {
  if (field.name.endsWith('Instances')) return isContradicted(field, rivals, now);
  const [one, other] = rivals;
  if (one === undefined) return true;
  if (other === undefined || one.name !== other.name)
    return rivals.some(({ after, name }) => agrees(after, now) || name !== one.name);
  const line = (first: ToldField, last: ToldField) =>
    agrees(last.after, now) && (last.before === null || agrees(last.before, first.after));
  return line(one, other) || line(other, one);
}

/** What was to be added or taken away is so, but for what the other was to do the opposite of. */
function isContradicted({ name, requested }: ToldField, rivals: readonly ToldField[], now: unknown): boolean {
  const texts = (refs: unknown): string[] => (Array.isArray(refs) ? refs.map((ref) => JSON.stringify(ref)) : []);
  const isSo = new Set(texts(now));
  const opposite = name === 'addInstances' ? 'removeInstances' : 'addInstances';
  const undone = rivals.flatMap((rival) => (rival.name === opposite ? texts(rival.requested) : []));
  const isReplaced = rivals.some((rival) => rival.name === 'instances');
  return isReplaced || texts(requested).every((ref) => isSo.has(ref) || undone.includes(ref));
}

/** Something of it could not be told. */
export const isOpen = ({ errors }: Told): boolean => errors.some(({ __typename }) => __typename === 'UnknownOutcome');

/** What was known stays; what was not is told as it is now, or not at all. */
export function wrongAgain(before: ToldField | undefined, field: ToldField, now: unknown): string[] {
  if (before?.verdict !== 'UNKNOWN') return agrees(before, field) ? [] : [`${field.name} was known, and is told otherwise`];
  const isTrue = field.verdict !== 'APPLIED' || field.requested === '[secret]' || now === undefined || agrees(field.after, now);
  return isTrue ? [] : [`${field.name} is ${JSON.stringify(now)}`];
}
