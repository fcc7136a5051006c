import SchemaBuilder from '@pothos/core';
import RelayPlugin from '@pothos/plugin-relay';
import { DateTimeResolver, JSONObjectResolver, JSONResolver, LocalDateResolver, SafeIntResolver } from 'graphql-scalars';
import type { Json, JsonObject } from '../domain/facets.ts';
import type { Context } from './context.ts';

/** The schema builder with its scalars; it knows no types. Pothos comes with output fields nullable unless said otherwise. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: true;
  Connection: { totalCount: number | null };
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    LocalDate: { Input: string; Output: string };
    JSON: { Input: Json; Output: Json };
    JSONObject: { Input: JsonObject; Output: JsonObject };
    SafeInt: { Input: number; Output: number };
  };
}>({
  plugins: [RelayPlugin],
  relay: {
    // Ids here name a source and its native id; they are the contract, so the plugin must not make up its own.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    cursorType: 'String',
    firstArgOptions: { description: 'How many items from the start, or after `after`: 25 unless told, 100 at most.' },
    afterArgOptions: {
      description: 'The cursor after which to go on, from an answer to the same field with the same arguments.',
    },
    lastArgOptions: {
      description: 'How many items from the end, or before `before`. Needs a source that tells where its list ends.',
    },
    beforeArgOptions: { description: 'The cursor before which to go on backwards.' },
    edgesFieldOptions: {
      nullable: { list: false, items: false },
      description: 'The accounts of this page, in the order of the list.',
    },
    nodeFieldOptions: { nullable: true, description: 'The item itself.' },
    cursorFieldOptions: { description: 'Where this item stands; pass it as `after` or `before`. Opaque.' },
    pageInfoFieldOptions: { description: 'How to go on from this page.' },
    pageInfoTypeOptions: { description: 'How to go on from a page, by the Relay cursor specification.' },
    hasNextPageFieldOptions: { description: 'Whether more follows. For a full page this may cost one more request upstream.' },
    hasPreviousPageFieldOptions: { description: 'Whether something comes before.' },
    startCursorFieldOptions: { description: 'The cursor of the first item; null for an empty page.' },
    endCursorFieldOptions: { description: 'The cursor of the last item; null for an empty page.' },
  },
});

builder.queryType({
  description: 'Everything that can be asked. Unknown people are null; everything else that fails has a code.',
});
builder.addScalarType('DateTime', DateTimeResolver);
builder.addScalarType('LocalDate', LocalDateResolver);
builder.addScalarType('JSON', JSONResolver);
builder.addScalarType('JSONObject', JSONObjectResolver);
builder.addScalarType('SafeInt', SafeIntResolver);

builder.globalConnectionField('totalCount', (t) =>
  t.int({
    nullable: true,
    description:
      'How many accounts the source’s list has, the filter applied. Null where it does not tell, and for several sources.',
    resolve: ({ totalCount }) => totalCount,
  }),
);
