import { type GraphQLSchema, specifiedDirectives } from 'graphql';
import { builder } from './builder.ts';
import { deliveryDirectives } from './delivery.ts';
import { maxAgeDirective } from './max-age.ts';
import { noteScopes } from './scope-notes.ts';
import './types/node.ts';
import './types/account.ts';
import './types/user.ts';
import './types/kudos-details.ts';
import './types/records.ts';
import './types/active-generations.ts';
import './types/permission-grants.ts';
import './types/permissions.ts';
import './types/freshness.ts';
import './types/source.ts';
import './types/source-state.ts';
import './types/viewer.ts';
import './types/user-queries.ts';
import './types/user-connection.ts';
import './types/user-search.ts';
import './types/node-queries.ts';
import './accounts/horde-account.ts';
import './accounts/horde-belongings.ts';
import './accounts/mcsmanager-account.ts';
import './accounts/mcsmanager-instances.ts';
import './accounts/openwebui-account.ts';
import './accounts/openwebui-groups.ts';
import './mutations/index.ts';

/** The whole graph. Types register themselves with the builder when imported, in any order. */
export function buildSchema(): GraphQLSchema {
  return noteScopes(builder.toSchema({ directives: [...specifiedDirectives, ...deliveryDirectives, maxAgeDirective] }));
}
