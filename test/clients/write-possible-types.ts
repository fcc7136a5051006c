import { readFileSync, writeFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { possibleTypesIn } from './possible-types.ts';

// A command of `npm run generate`, never imported: `node test/clients/write-possible-types.ts`.
const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
writeFileSync(
  new URL('../../schema/possible-types.json', import.meta.url),
  `${JSON.stringify(possibleTypesIn(schema), null, 2)}\n`,
);
