import { createServer } from 'node:http';
import { readSetup } from '../setup.ts';
import { answersBy } from './answers.ts';

const { port, ...setup } = readSetup();
const answers = answersBy(setup);

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    const data = await answers[request.url?.slice(1) ?? '']?.(variables);
    const body = Buffer.from(JSON.stringify({ data }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(port, '127.0.0.1');
