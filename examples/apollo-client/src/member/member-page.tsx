import { useQuery } from '@apollo/client/react';
import { type JSX, useEffect, useMemo } from 'react';
import { FaultNote } from '../fault-note.tsx';
import { faultsAt, isMalformedId } from '../faults.ts';
import { graphql } from '../generated/gql.ts';
import { lastList } from '../routing.ts';
import { Skeleton } from '../skeleton.tsx';
import { AccountsPanel } from './accounts-panel.tsx';
import { GroupsPanel } from './groups-panel.tsx';
import { KudosPanel } from './kudos-panel.tsx';
import { MemberContext } from './member-context.ts';
import { MemberHeader } from './member-header.tsx';
import { RecordsPanel } from './records-panel.tsx';
import { RightsPanel } from './rights-panel.tsx';
import { ServersPanel } from './servers-panel.tsx';

/** Only who there is comes first. Everything a source has to tell is deferred, so that none waits for another. */
const memberQuery = graphql(/* GraphQL */ `
  query MemberPage($id: ID!) {
    user(id: $id) {
      id
      accounts {
        __typename
        id
        source {
          id
          kindName
        }
        ...AccountRow_account @defer
        ...Rights_account @defer
      }
      ...Kudos_user @defer(label: "kudos")
      ...Records_user @defer(label: "records")
      ...Servers_user @defer(label: "servers")
      ...Groups_user @defer(label: "groups")
    }
  }
`);

export function MemberPage({ id }: { readonly id: string }): JSX.Element {
  const { data, error, loading, refetch } = useQuery(memberQuery, { variables: { id }, errorPolicy: 'all' });
  const user = data?.user;
  const accounts = useMemo(() => (user?.accounts ?? []).filter((account) => account != null), [user]);
  const member = useMemo(
    () => ({
      loading,
      error,
      titleOf: (source: string) => accounts.find((account) => account.source?.id === source)?.source?.kindName ?? source,
    }),
    [loading, error, accounts],
  );
  useArrival(user != null);

  return (
    <MemberContext value={member}>
      <nav aria-label="Back">
        <a href={lastList()}>← All members</a>
      </nav>
      {user == null ? (
        <Absence
          id={id}
          loading={loading}
          isNobody={isMalformedId(error) || (data !== undefined && error === undefined)}
          note={
            <FaultNote
              faults={faultsAt(error, ['user'])}
              titleOf={member.titleOf}
              asking={loading}
              onAskAgain={() => void refetch()}
              what="this member"
            />
          }
        />
      ) : (
        <>
          <MemberHeader id={id} accounts={accounts} />
          <div className="panels">
            <AccountsPanel accounts={accounts} />
            <KudosPanel id={user.id} />
            <RecordsPanel id={user.id} />
            <ServersPanel id={user.id} />
            <GroupsPanel id={user.id} />
            <RightsPanel accounts={accounts} />
          </div>
        </>
      )}
    </MemberContext>
  );
}

interface AbsenceProps {
  readonly id: string;
  readonly loading: boolean;
  readonly isNobody: boolean;
  readonly note: JSX.Element;
}

/** Nobody yet, nobody at all, or nobody to be had for now. */
function Absence({ id, loading, isNobody, note }: AbsenceProps): JSX.Element {
  if (loading) {
    return (
      <>
        <h1 tabIndex={-1}>Member</h1>
        <section className="panel" aria-busy="true" aria-label="Member">
          <Skeleton lines={4} what="this member" />
        </section>
      </>
    );
  }
  return (
    <>
      <h1 tabIndex={-1}>{isNobody ? 'Nobody here' : 'Member'}</h1>
      {isNobody ? (
        <p>
          No source has an account <code>{id}</code>. It may have been deleted, or the address mistyped.
        </p>
      ) : (
        note
      )}
    </>
  );
}

/** Begins at the top, with the heading, for those who cannot see that the page has changed. */
function useArrival(isKnown: boolean): void {
  useEffect(() => scrollToTop(), []);
  // The heading that had the focus gives way to that of whoever it turns out to be.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what makes the heading another one
  useEffect(() => {
    const { activeElement } = document;
    if (activeElement === document.body) {
      document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
    }
  }, [isKnown]);
}

const scrollToTop = (): void => void scrollTo(0, 0);
