import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counted, Population, Ready, Sources, ToReplayer } from './messages.ts';

/** The stand-in for both sources, in a process of its own. */
export interface Upstream extends AsyncDisposable {
  readonly sources: Sources;
  readonly population: Population;
  /** Since the start. */
  count(): Promise<Counted>;
  setLatency(ms: number): void;
  /** Ends recording: from here on every request has to be one that was made before. */
  freeze(): void;
}

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** `users` is how many each source has. */
export async function startUpstream(users: number): Promise<Upstream> {
  const child = fork(main, [String(users)], { stdio: 'inherit' });
  const { sources, population } = await heard<Ready>(child, 'ready');
  const say = (message: ToReplayer): void => void child.send(message);
  return {
    sources,
    population,
    count: () => {
      const answer = heard<Counted>(child, 'counted');
      say({ kind: 'count' });
      return answer;
    },
    setLatency: (ms) => say({ kind: 'latency', ms }),
    freeze: () => say({ kind: 'freeze' }),
    [Symbol.asyncDispose]: async () => {
      const gone = once(child, 'exit');
      child.kill();
      await gone;
    },
  };
}

function heard<Message extends { readonly kind: string }>(child: ChildProcess, kind: Message['kind']): Promise<Message> {
  return new Promise((resolve, reject) => {
    const listen = (message: { readonly kind: string }): void => {
      if (message.kind !== kind) return;
      child.off('message', listen);
      child.off('exit', fail);
      // The other end sends one type of message for each kind.
      resolve(message as Message);
    };
    const fail = (code: number | null): void => reject(new Error(`the upstream ended with ${code}`));
    child.on('message', listen);
    child.once('exit', fail);
  });
}
