import type { JSX } from 'react';
import { Amount, formatNumber } from '../amount.tsx';
import { graphql } from '../generated/gql.ts';
import { Panel } from '../panel.tsx';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';

const fragment = graphql(/* GraphQL */ `
  fragment Kudos_user on User {
    id
    horde {
      id
      kudos
      kudosDetails {
        accumulated
        received
        recurring
        awarded
        styled
        gifted
        donated
        admin
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query KudosAgain($id: ID!) {
    user(id: $id) {
      ...Kudos_user
    }
  }
`);

const words = [
  ['accumulated', 'Earned and spent by generating'],
  ['received', 'Received from others'],
  ['recurring', 'Monthly'],
  ['awarded', 'Awarded'],
  ['styled', 'Earned by styles'],
  ['gifted', 'Given away'],
  ['donated', 'Donated'],
  ['admin', 'Set by administrators'],
] as const;

export function KudosPanel({ id }: { readonly id: string }): JSX.Element {
  const of = { __typename: 'User', id };
  const part = usePart({ fragment, name: 'Kudos_user', of, path: ['user', 'horde'], only: ['kudos', 'kudosDetails'], again });
  return (
    <Panel title="Kudos">
      <PartView part={part} what="kudos" lines={5}>
        {({ horde }) => {
          if (horde === null) return <p className="empty">No account on an AI Horde, so no kudos.</p>;
          const details = horde.kudosDetails;
          return (
            <>
              {horde.kudos !== null && (
                <p className="headline">
                  <Amount value={horde.kudos} unit={['kudos', 'kudos']} />
                </p>
              )}
              {details !== null && (
                <dl className="figures">
                  {words
                    .filter(([key]) => details[key] !== 0)
                    .map(([key, label]) => (
                      <div key={key}>
                        <dt>{label}</dt>
                        <dd>{formatNumber(details[key])}</dd>
                      </div>
                    ))}
                </dl>
              )}
            </>
          );
        }}
      </PartView>
    </Panel>
  );
}
