import type { JSX } from 'react';
import { MemberPage } from './member/member-page.tsx';
import { MembersPage } from './members/members-page.tsx';
import { useRoute } from './routing.ts';

export function App(): JSX.Element {
  const route = useRoute();
  return (
    <>
      <button type="button" className="skip" onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}>
        Skip to content
      </button>
      <header className="bar">
        <a href="#/">Harbour community</a>
      </header>
      <main>
        {route.page === 'members' ? (
          <MembersPage search={route.search} source={route.source} />
        ) : (
          <MemberPage key={route.id} id={route.id} />
        )}
      </main>
    </>
  );
}
