import { crowds } from './walking-crowds.ts';
import { describeWalks } from './walking-walks.ts';

// A window begins with the page on which the last one ended, and ends with one that tells whether anybody follows: 4 pages of 25
// and these two for each hundred. It tells no total, so the last of all is an empty one.
describeWalks('the AI Horde', crowds.horde, { requests: 599, tellsTotal: false });
