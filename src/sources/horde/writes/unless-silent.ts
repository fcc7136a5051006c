import { SourceError } from '../../../errors.ts';

/** Undefined where the source does not answer: what cannot be read does not undo what was sent. */
export async function unlessSilent<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}
