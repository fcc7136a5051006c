/** A part of an answer: its beginning, or what comes later for some place in it. */
export interface Part {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string }[];
  readonly incremental?: readonly Later[];
}

export interface Later {
  readonly data: unknown;
  readonly path: readonly (string | number)[];
  readonly label?: string;
  readonly errors?: readonly { readonly message: string }[];
}

/** Each part of a `multipart/mixed` answer as it comes in; a plain answer is its only part. */
export async function* readParts(response: Response): AsyncGenerator<Part> {
  if (response.body === null || !(response.headers.get('content-type') ?? '').startsWith('multipart/mixed')) {
    yield await response.json();
    return;
  }
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const pieces = (rest + text).split('\r\n---');
    rest = pieces.pop() ?? '';
    for (const piece of pieces) {
      const start = piece.indexOf('\r\n\r\n');
      if (start !== -1) yield JSON.parse(piece.slice(start));
    }
  }
}
