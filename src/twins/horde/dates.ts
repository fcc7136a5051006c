/** RFC 2822 in UTC, with the zone written as Python's `formatdate` does: `Tue, 03 Nov 2026 07:08:09 -0000`. */
export const formatRfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '-0000');

/** A Python datetime without zone: `2026-12-15 00:00:00`, with microseconds only when there are any. */
export function formatNaive(at: number): string {
  const [date = '', time = ''] = new Date(at).toISOString().slice(0, -1).split('T');
  const [seconds = '', fraction = '000'] = time.split('.');
  return fraction === '000' ? `${date} ${seconds}` : `${date} ${seconds}.${fraction}000`;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const DAY = 24 * 60 * MINUTE;
