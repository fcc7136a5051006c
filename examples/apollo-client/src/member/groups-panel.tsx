import type { JSX } from 'react';
import { graphql } from '../generated/gql.ts';
import { Panel } from '../panel.tsx';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';

const fragment = graphql(/* GraphQL */ `
  fragment Groups_user on User {
    id
    openWebUI {
      id
      groups {
        id
        name
        description
        memberCount
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query GroupsAgain($id: ID!) {
    user(id: $id) {
      ...Groups_user
    }
  }
`);

export function GroupsPanel({ id }: { readonly id: string }): JSX.Element {
  const of = { __typename: 'User', id };
  const part = usePart({ fragment, name: 'Groups_user', of, path: ['user', 'openWebUI'], again });
  return (
    <Panel title="Groups">
      <PartView part={part} what="groups" lines={3}>
        {({ openWebUI }) => {
          if (openWebUI === null) return <p className="empty">No account on an Open WebUI.</p>;
          const { groups } = openWebUI;
          if (groups === null) return null;
          if (groups.length === 0) return <p className="empty">They are in no group.</p>;
          return (
            <ul className="groups">
              {groups.map(({ id: group, name, description, memberCount }) => (
                <li key={group}>
                  <span className="name">{name}</span>{' '}
                  {memberCount !== null && (
                    <span className="quiet">
                      {memberCount} {memberCount === 1 ? 'member' : 'members'}
                    </span>
                  )}
                  {(description ?? '') !== '' && <p className="quiet">{description}</p>}
                </li>
              ))}
            </ul>
          );
        }}
      </PartView>
    </Panel>
  );
}
