import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { type JSX, useState } from 'react';
import { FaultNote } from '../fault-note.tsx';
import { type Fault, faultsAt } from '../faults.ts';
import { graphql } from '../generated/gql.ts';
import { useReturnTo } from '../routing.ts';
import { MemberRow } from './member-row.tsx';
import { RowSkeletons } from './row-skeletons.tsx';
import { useWhenNear } from './use-when-near.ts';

const everybodyQuery = graphql(/* GraphQL */ `
  query Everybody($source: ID, $after: String) {
    users(source: $source, first: 25, after: $after) {
      edges {
        cursor
        node {
          ...MemberRow_user
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

interface EverybodyProps {
  readonly place: string;
  readonly source: string;
  readonly titleOf: (source: string) => string;
}

/** The whole list; more of it comes as its end is reached. */
export function Everybody({ place, source, titleOf }: EverybodyProps): JSX.Element {
  const { data, error, networkStatus, refetch, fetchMore } = useQuery(everybodyQuery, {
    variables: { source: source === '' ? null : source },
    errorPolicy: 'all',
  });
  const [stuck, setStuck] = useState<readonly Fault[]>([]);
  const { leave } = useReturnTo(place);
  const users = data?.users ?? null;
  const asking = networkStatus === NetworkStatus.fetchMore || networkStatus === NetworkStatus.refetch;
  const hasMore = users?.pageInfo.hasNextPage === true;

  const more = async (): Promise<void> => {
    if (users === null || asking) return;
    setStuck([]);
    // Rejects where `data` stays as it is.
    const failure = await fetchMore({ variables: { after: users.pageInfo.endCursor }, errorPolicy: 'none' }).then(
      () => undefined,
      (reason: Error) => reason,
    );
    setStuck(faultsAt(failure, ['users']));
  };
  const end = useWhenNear(hasMore && !asking && stuck.length === 0, more);

  if (users === null) {
    const faults = faultsAt(error, ['users']);
    if (faults.length === 0 || asking) return <Waiting />;
    return <FaultNote faults={faults} titleOf={titleOf} asking={asking} onAskAgain={() => void refetch()} what="the list" />;
  }
  const count = users.edges.length;
  return (
    <section aria-label="Everybody" aria-busy={asking}>
      <p className="quiet" role="status">
        {count === 0 ? 'Nobody is here yet.' : `${count} people${hasMore ? ' so far' : ', and that is everybody'}`}
      </p>
      <ul className="rows">
        {users.edges.map(({ cursor, node }) => node !== null && <MemberRow key={cursor} member={node} onOpen={leave} />)}
      </ul>
      {asking && <RowSkeletons rows={3} />}
      <FaultNote faults={stuck} titleOf={titleOf} asking={asking} onAskAgain={() => void more()} what="the rest of the list" />
      {hasMore && stuck.length === 0 && (
        <p ref={end} className="more">
          <button type="button" aria-disabled={asking} onClick={() => void more()}>
            {asking ? 'Loading…' : 'Show more people'}
          </button>
        </p>
      )}
    </section>
  );
}

function Waiting(): JSX.Element {
  return (
    <section aria-label="Everybody" aria-busy="true">
      <p className="quiet" role="status">
        Loading people…
      </p>
      <RowSkeletons rows={8} />
    </section>
  );
}
