import { age, never, type SourceAges } from '../../cache/ages.ts';
import { belongingFacets } from './belonging-reads.ts';

// The Horde gives the same answer about a user for 30 s, whoever asks: within that time asking again brings nothing new.
const user = age(30, 60, 3_600);
// Standing decides what people are trusted with, so it is not shown for long after the Horde has gone.
const standing = age(30, 30, 600);
// What goes on from second to second: shown a little late by the Horde already, so little is added to it.
const running = age(10, 0, 60);
// Workers and styles come from caches of 30 s too.
const belonging = age(30, 60, 600);

export const ages: SourceAges = {
  facets: {
    identity: user,
    registration: age(300, 3_600, 86_400),
    role: standing,
    permissions: standing,
    hordeStanding: standing,
    kudos: user,
    kudosDetails: user,
    records: user,
    monthlyKudos: user,
    hordeStyleRefs: belonging,
    hordeWorkerIds: belonging,
    activeGenerations: running,
    hordePrivate: standing,
    hordePrivileged: standing,
    hordeWorker: running,
    hordeStyle: belonging,
    // Whoever has its id may spend with it, so neither the id nor what is left on it is kept.
    hordeSharedKey: never,
  },
  besides: new Set(belongingFacets),
  // The Horde's own pages are up to five minutes old.
  list: age(60, 0, 600),
  lookup: age(30, 0, 300),
  shared: never,
  nobody: 5,
};
