import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import type { JSX } from 'react';
import { FaultNote } from '../fault-note.tsx';
import { faultsAt } from '../faults.ts';
import { graphql } from '../generated/gql.ts';
import { useReturnTo } from '../routing.ts';
import { MemberRow } from './member-row.tsx';
import { RowSkeletons } from './row-skeletons.tsx';

const foundQuery = graphql(/* GraphQL */ `
  query Found($search: String!, $sources: [ID!]) {
    searchUsers(query: $search, sources: $sources, first: 50) {
      users {
        ...MemberRow_user
      }
      sources {
        source {
          id
          kindName
        }
        outcome
        message
        totalCount
      }
    }
  }
`);

interface FoundProps {
  readonly place: string;
  readonly search: string;
  readonly source: string;
  readonly titleOf: (source: string) => string;
}

/** Whoever a search finds, and what each source said to it: one that cannot search is not one that found nobody. */
export function Found({ place, search, source, titleOf }: FoundProps): JSX.Element {
  const { data, error, networkStatus, refetch } = useQuery(foundQuery, {
    variables: { search, sources: source === '' ? null : [source] },
    errorPolicy: 'all',
  });
  const { leave } = useReturnTo(place);
  const found = data?.searchUsers ?? null;
  const asking = networkStatus === NetworkStatus.refetch;
  const askAgain = (): void => void refetch();

  if (found === null) {
    const faults = faultsAt(error, ['searchUsers']);
    if (faults.length > 0 && !asking) {
      return <FaultNote faults={faults} titleOf={titleOf} asking={asking} onAskAgain={askAgain} what="the search" />;
    }
    return (
      <section aria-label="Found" aria-busy="true">
        <p className="quiet" role="status">
          Searching…
        </p>
        <RowSkeletons rows={3} />
      </section>
    );
  }
  const silent = found.sources.filter(({ outcome }) => outcome === 'FAILED');
  const faults = silent.map(({ source: { id }, message }) => ({ source: id, message: message ?? '', mayHelp: true, wait: null }));
  const count = found.users.length;
  return (
    <section aria-label="Found" aria-busy={asking}>
      <p className="quiet" role="status">
        {count === 0
          ? `Nobody was found for “${search}”.`
          : `${count} ${count === 1 ? 'person' : 'people'} found for “${search}”.`}
      </p>
      <FaultNote faults={faults} titleOf={titleOf} asking={asking} onAskAgain={askAgain} what="the search" />
      <ul className="rows">
        {found.users.map((member) => (
          <MemberRow key={member.id} member={member} onOpen={leave} />
        ))}
      </ul>
      <ul className="told quiet">
        {found.sources.map(({ source: { id, kindName }, outcome, message, totalCount }) => (
          <li key={id}>
            <strong>{kindName}:</strong>{' '}
            {outcome === 'ANSWERED' ? `found ${totalCount ?? 'some, it does not say how many'}.` : message}
          </li>
        ))}
      </ul>
    </section>
  );
}
