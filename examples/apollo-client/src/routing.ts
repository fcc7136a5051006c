import { useLayoutEffect, useSyncExternalStore } from 'react';

/** Where in the page somebody is. It all stands in the address, so that it can be shared and gone back to. */
export type Route =
  | { readonly page: 'members'; readonly search: string; readonly source: string }
  | { readonly page: 'member'; readonly id: string };

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}

export const memberHref = (id: string): string => `#/members/${encodeURIComponent(id)}`;

export function membersHref(search: string, source: string): string {
  const query = new URLSearchParams({ ...(search === '' ? {} : { search }), ...(source === '' ? {} : { source }) }).toString();
  return query === '' ? '#/' : `#/?${query}`;
}

/** Without a step in the history: going back leads past what was typed on the way. */
export function replaceRoute(href: string): void {
  history.replaceState(history.state, '', href);
  dispatchEvent(new HashChangeEvent('hashchange'));
}

/** Brings a list back to where it was left, with the focus on what was opened from it. */
export function useReturnTo(key: string): { leave(opened: string): void } {
  useLayoutEffect(() => {
    const left = places.get(key);
    // Not at once: in development React runs each effect twice.
    setTimeout(() => places.delete(key));
    if (left !== undefined) document.querySelector<HTMLElement>(`a[href="${left.opened}"]`)?.focus({ preventScroll: true });
    scrollTo(0, left?.top ?? 0);
  }, [key]);
  return { leave: (opened) => void places.set(key, { top: scrollY, opened }) };
}

/** The address of the list as it was left last. */
export const lastList = (): string => [...places.keys()].at(-1) ?? '#/';

const places = new Map<string, { readonly top: number; readonly opened: string }>();

function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.slice(1).split('?', 2);
  const id = /^\/members\/(.+)$/.exec(path)?.[1];
  if (id !== undefined) return { page: 'member', id: decode(id) };
  const asked = new URLSearchParams(query);
  return { page: 'members', search: asked.get('search') ?? '', source: asked.get('source') ?? '' };
}

/** An address that somebody mistyped is nobody's, not the end of the page. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function subscribe(changed: () => void): () => void {
  // The browser would move the page before the list is there again.
  history.scrollRestoration = 'manual';
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
