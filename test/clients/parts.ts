/** One part of an answer that comes in several. */
export interface Part {
  readonly data?: unknown;
  readonly hasNext: boolean;
  readonly incremental?: readonly {
    readonly data?: unknown;
    readonly items?: readonly unknown[];
    readonly path: readonly (string | number)[];
    readonly label?: string;
    readonly errors?: readonly object[];
  }[];
}

/** Every part, once the last one is there. */
export async function partsOf(response: Response): Promise<Part[]> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('multipart/mixed')) throw new Error(`the answer is ${type}: ${await response.text()}`);
  const text = await response.text();
  return text
    .split('\r\n---')
    .map((part) => part.split('\r\n\r\n')[1])
    .filter((body) => body !== undefined)
    .map((body): Part => JSON.parse(body));
}
