import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { readSetup } from '../setup.ts';
import { loaderFactory } from './loaders.ts';
import { buildSchema } from './schema.ts';

const { port, ...setup } = readSetup();
const context = loaderFactory(setup);
createServer(createYoga({ schema: buildSchema(), context, graphiql: false, landingPage: false })).listen(port, '127.0.0.1');
