import { createHash } from 'node:crypto';
import { Server } from 'node:http';
import type { Order, Sample } from './orders.ts';

// Loaded into a server before its own first line. The server itself knows nothing of it and is started as anybody starts it.

const kept: string[] = [];
let aheadMs = 0;

const RealDate = Date;
const now = (): number => RealDate.now() + aheadMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, made) => Reflect.construct(target, args.length === 0 ? [now()] : args, made),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});

process.on('message', (order: Order) => {
  if (order.do === 'shift clock') aheadMs = order.ms;
  if (order.do === 'leak') leak();
  process.send?.({ id: order.id, ...(order.do === 'sample' ? { sample: takeSample() } : {}) });
});
process.on('disconnect', () => process.exit(3));
// A server ends when it is told to, whoever listens here.
process.channel?.unref();

function takeSample(): Sample {
  // What the first one lets go of, such as what only finalisers held, the second one takes.
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapUsed, rss, resources: process.getActiveResourcesInfo() };
}

/** As somebody would write it by mistake: a short text for each request, in a list that is never emptied. */
function leak(): void {
  const { emit } = Server.prototype;
  Server.prototype.emit = function (event: string, ...args: unknown[]): boolean {
    if (event === 'request') kept.push(createHash('md5').update(String(kept.length)).digest('hex'));
    return Reflect.apply(emit, this, [event, ...args]);
  };
}
