import type { HttpAnswer } from './exchange.ts';
import { readHttpDate } from './http-date.ts';

/** By their names in lower case. */
export type AnswerHeaders = Readonly<Record<string, string | string[] | undefined>>;

export function toAnswer(came: {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
  readonly bytes: number;
  readonly elapsed: number;
  readonly sentAt: number;
}): HttpAnswer {
  const { status, headers, body, bytes, elapsed, sentAt } = came;
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  return {
    status,
    contentType: mediaType(header('content-type')),
    body,
    bytes,
    elapsed,
    sentAt,
    date: dateOf(header('date')),
    header,
  };
}

function mediaType(header: string | undefined): string {
  if (header === undefined) return '';
  const end = header.indexOf(';');
  return (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
}

let lastDate: { readonly text: string; readonly date: Date } | undefined;

/** Ours where the source tells none. Most answers of a second say the same. */
function dateOf(text: string | undefined): Date {
  if (text === undefined) return new Date();
  if (text === lastDate?.text) return lastDate.date;
  const date = new Date(readHttpDate(text));
  if (Number.isNaN(date.getTime())) return new Date();
  lastDate = { text, date };
  return date;
}
