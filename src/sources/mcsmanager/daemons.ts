import type { SweepRead } from '../contract.ts';
import { toDaemon } from './map-instance.ts';
import { type Panel, sharedWhileAsked } from './panel.ts';
import { McsManagerDaemons } from './wire.ts';

/** The panel's daemons, as it remembers them at this moment. */
export type AskDaemons = () => Promise<McsManagerDaemons>;

export function createAskDaemons(panel: Panel): AskDaemons {
  return sharedWhileAsked(async () => (await panel.demand({ endpoint: 'daemons' }, McsManagerDaemons)).data);
}

export function daemonSweep(askDaemons: AskDaemons): SweepRead {
  return {
    shape: 'sweep',
    name: 'daemons',
    brings: ['daemon'],
    partition: () => '',
    cost: () => ({ requests: 1, bytes: 500 }),
    complete: true,
    read: async () => new Map((await askDaemons()).map((daemon) => [daemon.uuid, { daemon: toDaemon(daemon) }])),
  };
}
