import type { JSX } from 'react';
import { Amount } from '../amount.tsx';
import { graphql } from '../generated/gql.ts';
import { Panel } from '../panel.tsx';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';

const fragment = graphql(/* GraphQL */ `
  fragment Records_user on User {
    id
    horde {
      id
      records {
        contribution {
          megapixelsteps
          tokens
        }
        usage {
          megapixelsteps
          tokens
        }
        fulfillment {
          image
          text
          interrogation
        }
        request {
          image
          text
          interrogation
        }
        style {
          image
          text
          interrogation
        }
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query RecordsAgain($id: ID!) {
    user(id: $id) {
      ...Records_user
    }
  }
`);

const units = {
  megapixelsteps: ['megapixelstep', 'megapixelsteps'],
  tokens: ['token', 'tokens'],
  image: ['image', 'images'],
  text: ['text', 'texts'],
  interrogation: ['alchemy job', 'alchemy jobs'],
} as const;

const words = [
  ['contribution', 'Generated for others'],
  ['fulfillment', 'Jobs done for others'],
  ['usage', 'Had generated'],
  ['request', 'Jobs asked for'],
  ['style', 'Made with their styles'],
] as const;

/** What somebody gave to the Horde and took from it. */
export function RecordsPanel({ id }: { readonly id: string }): JSX.Element {
  const of = { __typename: 'User', id };
  const part = usePart({ fragment, name: 'Records_user', of, path: ['user', 'horde'], only: ['records'], again });
  return (
    <Panel title="Records">
      <PartView part={part} what="records" lines={5}>
        {({ horde }) => {
          if (horde === null) return <p className="empty">No account on an AI Horde, so no records.</p>;
          const { records } = horde;
          if (records === null) return null;
          return (
            <dl className="figures">
              {words.map(([key, label]) => (
                <div key={key}>
                  <dt>{label}</dt>
                  <dd>
                    <Tally tally={records[key]} />
                  </dd>
                </div>
              ))}
            </dl>
          );
        }}
      </PartView>
    </Panel>
  );
}

/** What there is any of, each with its unit. */
function Tally({ tally }: { readonly tally: { readonly [Key in keyof typeof units]?: number } }): JSX.Element {
  // The units are those of the fields.
  const counted = (Object.keys(units) as (keyof typeof units)[]).flatMap((key) => {
    const value = tally[key] ?? 0;
    return value === 0 ? [] : [<Amount key={key} value={value} unit={units[key]} />];
  });
  return counted.length === 0 ? <span className="quiet">nothing yet</span> : <span className="tally">{counted}</span>;
}
