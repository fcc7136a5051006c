import { crowds } from './walking-crowds.ts';
import { describeWalks } from './walking-walks.ts';

// A window begins with the page on which the last one ended: 4 or 5 pages of 30 for each hundred, and every third time, where it
// ends with a page, one more that tells whether anybody follows.
describeWalks('Open WebUI', crowds.openWebUI, { requests: 466, tellsTotal: true });
