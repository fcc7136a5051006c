// Start Rollcall with `npm start`, then this: node examples/stitching/main.ts. Open http://127.0.0.1:4100/graphql and ask
//   { badge(name: "founder") { members { username kudos badges { name } } } }
import { createServer } from 'node:http';
import { createGateway } from './gateway.ts';

const rollcall = process.env.ROLLCALL_URL ?? 'http://127.0.0.1:4000/graphql';
const port = Number(process.env.PORT ?? 4_100);

createServer(createGateway(rollcall, { founder: ['horde:101', 'horde:102'], helper: ['horde:102', 'horde:103'] })).listen(
  port,
  '127.0.0.1',
  () => process.stdout.write(`A stitched graph is served at http://127.0.0.1:${port}/graphql\n`),
);
