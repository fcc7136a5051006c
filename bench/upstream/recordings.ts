import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

/** What the twins answered, byte by byte, by what was asked. Whoever asks again gets the same bytes. */
export interface Recordings {
  /** The whole answer to a request's head; undefined once recording is over and nobody asked this before. */
  answerTo(head: string): Promise<Buffer | undefined>;
  /** From now on nothing is asked of the twin. */
  end(): void;
}

/** Headers that belong to one connection, or ask for a form of the answer that not every contender reads. */
const ownToConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'accept-encoding', 'host']);

/** Every answer says that it was given at `date`, so that it does not matter who asked first. */
export function recordingsOf(twin: string, date: Date): Recordings {
  const answers = new Map<string, Promise<Buffer>>();
  let isOver = false;
  return {
    answerTo: async (head) => {
      const asked = parseHead(head);
      // What an answer depends on besides the address is who asked.
      const key = `${asked.method} ${asked.path} ${asked.headers.apikey ?? ''} ${asked.headers.authorization ?? ''}`;
      const known = answers.get(key);
      if (known !== undefined || isOver) return known;
      const answer = askTwin(twin, asked, date);
      answers.set(key, answer);
      return answer;
    },
    end: () => {
      isOver = true;
    },
  };
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

function parseHead(head: string): Asked {
  const [first = '', ...lines] = head.trimEnd().split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return { method, path, headers: Object.fromEntries(headers.filter(([name]) => !ownToConnection.has(name))) };
}

function askTwin(twin: string, { method, path, headers }: Asked, date: Date): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    request(`${twin}${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(formatAnswer(answer, Buffer.concat(chunks), date)));
      answer.on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

function formatAnswer(answer: IncomingMessage, body: Buffer, date: Date): Buffer {
  const lines = [
    `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`,
    ...kept({ ...answer.headers, date: date.toUTCString() }),
  ];
  const head = [...lines, `content-length: ${body.length}`, 'connection: keep-alive'].join('\r\n');
  return Buffer.concat([Buffer.from(`${head}\r\n\r\n`, 'latin1'), body]);
}

const kept = (headers: IncomingHttpHeaders): string[] =>
  Object.entries(headers).flatMap(([name, value]) =>
    ownToConnection.has(name) ? [] : [value].flat().map((one) => `${name}: ${one}`),
  );
