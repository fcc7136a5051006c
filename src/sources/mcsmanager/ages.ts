import { age, never, type SourceAges } from '../../cache/ages.ts';

// The panel caches nothing, and one process of it serves everybody: a page that is looked at by many must not ask it for each.
const user = age(15, 45, 600);
// Who may do what: soon seen when it changes, and not shown for long after the panel has gone.
const rights = age(10, 20, 120);
// When somebody last signed in.
const presence = age(10, 10, 300);
// Game servers start and stop within seconds, and somebody watches them do it.
const running = age(3, 0, 30);

export const ages: SourceAges = {
  facets: {
    identity: user,
    registration: age(300, 3_600, 86_400),
    role: rights,
    permissions: rights,
    presence,
    instanceRefs: rights,
    mcsManagerSecurity: rights,
    mcsManagerSignIn: rights,
    instance: running,
    // A daemon that went away should not look connected for long.
    daemon: age(5, 0, 30),
  },
  besides: new Set(['instance', 'daemon']),
  list: age(10, 0, 300),
  lookup: age(10, 0, 120),
  shared: never,
  nobody: 5,
};
