import { builder } from '../builder.ts';

builder.mutationType({
  description:
    'Everything that can be changed. Each payload tells what really happened: `errors` is empty only where all of it is so. Several mutations of one request run one after the other.',
});
