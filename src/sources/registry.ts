import type { SourceKind } from './contract.ts';
import { horde } from './horde/index.ts';
import { mcsManager } from './mcsmanager/index.ts';
import { openWebUI } from './openwebui/index.ts';

/** Every kind of source that the configuration can name, one line each. */
export const kinds = [horde, mcsManager, openWebUI] as const satisfies readonly SourceKind[];
