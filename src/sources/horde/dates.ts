/** RFC 2822 in UTC, its zone written `-0000`. Null when there is none, or none that can be read. */
export function parseDate(text: string | null | undefined): Date | null {
  if (text === undefined || text === null) return null;
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date;
}
