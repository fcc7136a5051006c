import { crowds } from './walking-crowds.ts';
import { describeWalks } from './walking-walks.ts';

// A window begins with the page on which the last one ended, and ends with one that tells whether anybody follows: 2 pages of 50
// and these two for each hundred.
describeWalks('MCSManager', crowds.mcsManager, { requests: 398, tellsTotal: true });
