import type { ZodType } from 'zod';
import { SourceError } from '../errors.ts';
import type { HttpAnswer } from './exchange.ts';

/** The answer's body as JSON of this shape, or `SOURCE_MALFORMED`. The media type is the caller's to look at first. */
export function parseAnswer<Shape>(answer: HttpAnswer, shape: ZodType<Shape>, source: string): Shape {
  let json: unknown;
  try {
    json = JSON.parse(answer.body);
  } catch {
    // The parser's message quotes the body, so it is not even kept as a cause.
    throw new SourceError('SOURCE_MALFORMED', source);
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  // Paths and codes of what did not fit; never the values.
  const issues = parsed.error.issues.slice(0, 5).map((issue) => `${issue.path.map(String).join('.')}: ${issue.code}`);
  throw new SourceError('SOURCE_MALFORMED', source, { cause: new Error(`unexpected shape at ${issues.join(', ')}`) });
}
