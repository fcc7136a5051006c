import type { ResultOf } from '@graphql-typed-document-node/core';
import type { JSX } from 'react';
import { graphql } from '../generated/gql.ts';
import { PartView } from '../part-view.tsx';
import { usePart } from '../use-part.ts';
import type { AccountPlace } from './account-row.tsx';

const fragment = graphql(/* GraphQL */ `
  fragment Rights_account on Account {
    id
    permissions {
      bypassedByRole
      grants {
        section
        key
        allowed
      }
    }
  }
`);

const again = graphql(/* GraphQL */ `
  query RightsAgain($id: ID!) {
    node(id: $id) {
      ... on Account {
        ...Rights_account
      }
    }
  }
`);

type Grants = NonNullable<NonNullable<ResultOf<typeof fragment>['permissions']>['grants']>;

export function RightsOfAccount({ account, index }: { readonly account: AccountPlace; readonly index: number }): JSX.Element {
  const path = ['user', 'accounts', index, 'permissions'];
  const part = usePart({ fragment, name: 'Rights_account', of: account, path, only: ['bypassedByRole', 'grants'], again });
  return (
    <li className="account">
      <h3>{account.source.kindName}</h3>
      <PartView part={part} what={`rights on ${account.source.kindName}`} lines={2}>
        {({ permissions }) => {
          const grants = permissions?.grants ?? null;
          if (grants === null) return null;
          return (
            <div>
              {permissions?.bypassedByRole === true && <p>As an administrator they may do everything, whatever stands below.</p>}
              {[...Map.groupBy(grants, ({ section }) => section)].map(([section, rights]) => (
                <Section key={section} section={section} rights={rights} />
              ))}
            </div>
          );
        }}
      </PartView>
    </li>
  );
}

function Section({ section, rights }: { readonly section: string; readonly rights: Grants }): JSX.Element {
  const allowed = rights.filter((right) => right.allowed).length;
  return (
    <details className="rights">
      <summary>
        <span className="name">{toWords(section)}</span>{' '}
        <span className="quiet">
          {allowed} of {rights.length} allowed
        </span>
      </summary>
      <ul>
        {rights.map((right) => (
          <li key={right.key} className={right.allowed ? 'chip allowed' : 'chip denied'}>
            <span aria-hidden="true">{right.allowed ? '✓' : '✕'}</span> {toWords(right.key)}
            <span className="unseen">{right.allowed ? ': allowed' : ': not allowed'}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The source’s own name for it, legible. */
const toWords = (name: string): string => name.replaceAll('_', ' ');
