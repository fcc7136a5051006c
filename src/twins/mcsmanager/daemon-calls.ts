import { PanelError } from './outcome.ts';
import { type Panel, say } from './panel.ts';
import type { Daemon } from './world.ts';

/** A daemon's answer. One that is away is refused at once; one that hangs costs the panel its whole patience. */
export async function askDaemon<T>(panel: Panel, daemon: Daemon | undefined, ask: (daemon: Daemon) => T): Promise<T> {
  if (daemon === undefined) throw new PanelError(say(panel, 'noSuchDaemon'));
  if (daemon.state === 'away') throw new PanelError(say(panel, 'daemonAway', { ip: daemon.ip }));
  if (daemon.state === 'hanging') {
    await new Promise((resolve) => setTimeout(resolve, panel.hangMs).unref());
    throw new PanelError(say(panel, 'daemonSilent', { ip: daemon.ip }));
  }
  return ask(daemon);
}

/** The same where a daemon that cannot answer is passed over. */
export async function tryDaemon<T>(panel: Panel, daemon: Daemon, ask: (daemon: Daemon) => T): Promise<T | undefined> {
  try {
    return await askDaemon(panel, daemon, ask);
  } catch {
    return undefined;
  }
}
