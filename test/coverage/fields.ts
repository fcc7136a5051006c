import type { SdkPage } from './entry.ts';
import { hordePage } from './horde-fields.ts';
import { mcsManagerPage } from './mcsmanager-fields.ts';
import { openWebUIPage } from './openwebui-fields.ts';

/** Every model and field of the three SDKs' pages about users, with where the graph shows it. */
export const pages: readonly SdkPage[] = [hordePage, mcsManagerPage, openWebUIPage];
