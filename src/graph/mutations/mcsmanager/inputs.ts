import { builder } from '../../builder.ts';

/** An instance, named as the account's `instances` names it. */
export const InstanceRefInput = builder.inputType('InstanceRefInput', {
  description: 'An instance of an MCSManager, by both its ids.',
  fields: (t) => ({
    daemonId: t.string({ required: true, description: 'The id of its daemon.' }),
    instanceId: t.string({ required: true, description: 'Its own id.' }),
  }),
});
