import { useQuery } from '@apollo/client/react';
import { type JSX, useCallback, useEffect } from 'react';
import { graphql } from '../generated/gql.ts';
import { membersHref, replaceRoute } from '../routing.ts';
import { Everybody } from './everybody.tsx';
import { Found } from './found.tsx';
import { SearchForm } from './search-form.tsx';

const sourcesQuery = graphql(/* GraphQL */ `
  query Sources {
    sources {
      id
      kindName
    }
  }
`);

interface MembersPageProps {
  readonly search: string;
  readonly source: string;
}

/** Everybody page by page, or whoever a search finds. */
export function MembersPage({ search, source }: MembersPageProps): JSX.Element {
  const { data } = useQuery(sourcesQuery);
  const sources = data?.sources ?? [];
  useEffect(() => {
    document.title = search === '' ? 'Members' : `“${search}” – Members`;
  }, [search]);
  const change = useCallback((text: string, from: string) => replaceRoute(membersHref(text, from)), []);
  const titleOf = (id: string): string => sources.find((each) => each.id === id)?.kindName ?? id;
  const key = membersHref(search, source);
  return (
    <>
      <h1 tabIndex={-1}>Members</h1>
      <SearchForm search={search} source={source} sources={sources} onChange={change} />
      {search === '' ? (
        <Everybody key={key} place={key} source={source} titleOf={titleOf} />
      ) : (
        <Found key={key} place={key} search={search} source={source} titleOf={titleOf} />
      )}
    </>
  );
}
