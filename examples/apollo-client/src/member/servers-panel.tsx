import type { JSX } from 'react';
import { graphql } from '../generated/gql.ts';
import type { InstanceStatus } from '../generated/graphql.ts';
import { Panel } from '../panel.tsx';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';
import { When } from '../when.tsx';

const fragment = graphql(/* GraphQL */ `
  fragment Servers_user on User {
    id
    mcsManager {
      id
      instances {
        instanceId
        daemonId
        daemonName
        nickname
        status
        type
        version
        currentPlayers
        maxPlayers
        lastStartedAt
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query ServersAgain($id: ID!) {
    user(id: $id) {
      ...Servers_user
    }
  }
`);

const words: Readonly<Record<InstanceStatus, string>> = {
  RUNNING: 'Running',
  STARTING: 'Starting',
  STOPPING: 'Stopping',
  STOPPED: 'Stopped',
  BUSY: 'Busy',
  UNKNOWN: 'Unknown state',
};

export function ServersPanel({ id }: { readonly id: string }): JSX.Element {
  const of = { __typename: 'User', id };
  const part = usePart({ fragment, name: 'Servers_user', of, path: ['user', 'mcsManager'], again });
  return (
    <Panel title="Game servers">
      <PartView part={part} what="game servers" lines={4}>
        {({ mcsManager }) => {
          if (mcsManager === null) return <p className="empty">No account on an MCSManager panel.</p>;
          const { instances } = mcsManager;
          if (instances === null) return null;
          if (instances.length === 0) return <p className="empty">No game servers are assigned to them.</p>;
          return (
            <ul className="servers">
              {instances.map((server) => {
                const status = server.status ?? 'UNKNOWN';
                return (
                  <li key={`${server.daemonId} ${server.instanceId}`}>
                    <div className="line">
                      <span className="name">{server.nickname ?? server.instanceId.slice(0, 8)}</span>
                      <span className={`dot ${status.toLowerCase()}`}>{words[status]}</span>
                    </div>
                    <div className="facts quiet">
                      {server.type !== null && <span>{server.type}</span>}
                      {(server.version ?? '') !== '' && <span>{server.version}</span>}
                      {server.maxPlayers !== null && (
                        <span>
                          {server.currentPlayers ?? 0} of {server.maxPlayers} players
                        </span>
                      )}
                      {server.daemonName !== null && <span>on {server.daemonName}</span>}
                      {server.lastStartedAt !== null && (
                        <span>
                          started <When time={server.lastStartedAt} />
                        </span>
                      )}
                    </div>
                  </li>
                );
              })}
            </ul>
          );
        }}
      </PartView>
    </Panel>
  );
}
