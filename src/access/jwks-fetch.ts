import { errors } from 'jose';

/** Bytes of a key set beyond which it is none: those that there are have a few thousand. */
const mostBytes = 1_000_000;

/** Why keys were not had, in words of our own: without the address, and without anything that came from there. */
class KeysFault extends Error {
  override readonly name = 'KeysFault';
}

/** Fetches a key set for the library, which would say the same of all that is wrong with an answer, and read one without end. */
export async function fetchKeys(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch(tellUnreached);
  const { status } = response;
  if (status !== 200) {
    await response.body?.cancel();
    throw new KeysFault(
      status >= 300 && status < 400 ? `it redirects (status ${status}), which is not followed` : `status ${status}`,
    );
  }
  const text = await readAtMost(response, mostBytes).catch(tellUnreached);
  try {
    JSON.parse(text);
  } catch {
    throw new KeysFault('what it answers is not JSON');
  }
  return new Response(text);
}

function tellUnreached(error: unknown): never {
  if (error instanceof KeysFault || isTimeout(error)) throw error;
  throw new KeysFault('it cannot be reached', { cause: error });
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError';

async function readAtMost({ body }: Response, most: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  // Leaving the loop lets go of the connection.
  for await (const part of body ?? []) {
    length += part.length;
    if (length > most) throw new KeysFault(`its answer is longer than ${most} bytes`);
    parts.push(part);
  }
  // Without a mark of byte order, as all who read JSON from the web take it.
  return new TextDecoder().decode(Buffer.concat(parts));
}

/** In a few words, for the log and for `rollcall check`. */
export function whyNoKeys(error: unknown): string {
  if (error instanceof KeysFault) return error.message;
  if (error instanceof errors.JWKSTimeout || isTimeout(error)) return 'it timed out';
  if (error instanceof errors.JWKSInvalid) return 'what it answers is no JSON Web Key Set';
  return 'its keys cannot be used';
}
