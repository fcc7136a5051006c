import type { ActiveGenerations } from '../../domain/facets.ts';
import { builder } from '../builder.ts';
import { fromFirst } from '../facet-field.ts';
import { UserRef } from './user.ts';

export const ActiveGenerationsRef = builder.objectRef<ActiveGenerations>('ActiveGenerations');

ActiveGenerationsRef.implement({
  description: 'Requests that are waiting or running, by id. They end, or expire after 20 minutes.',
  fields: (t) => ({
    text: t.idList({ nullable: false, description: 'Text generations.', resolve: (active) => active.text }),
    image: t.idList({ nullable: false, description: 'Image generations.', resolve: (active) => active.image }),
    alchemy: t.idList({
      nullable: true,
      description: 'Alchemy jobs. Null where the source never tells them, as the Horde does not.',
      resolve: (active) => active.alchemy,
    }),
  }),
});

builder.objectField(UserRef, 'activeGenerations', (t) =>
  t.field({
    type: ActiveGenerationsRef,
    ...fromFirst('activeGenerations', (active) => active),
    description: 'What the user has waiting or running. Needs a key of the user or of a moderator on the source.',
  }),
);
