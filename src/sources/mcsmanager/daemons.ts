import type { SweepRead } from '../contract.ts';
import { toDaemon } from './map-instance.ts';
import type { Panel } from './panel.ts';
import { McsManagerDaemons } from './wire.ts';

/** The panel's daemons, as it remembers them; asked at most once in a session. */
export type AskDaemons = () => Promise<McsManagerDaemons>;

export function createAskDaemons(panel: Panel): AskDaemons {
  let asked: Promise<McsManagerDaemons> | undefined;
  const ask = async (): Promise<McsManagerDaemons> => (await panel.demand({ endpoint: 'daemons' }, McsManagerDaemons)).data;
  return () => {
    asked ??= ask();
    return asked;
  };
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
