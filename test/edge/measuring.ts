import { Worker } from 'node:worker_threads';

// Loaded before the server in its own process. A thread looks at the memory so that a busy main thread cannot hide its peak.
const peak = new Float64Array(new SharedArrayBuffer(8));

const watcher = new Worker(
  `const { workerData: peak } = require('node:worker_threads');
   setInterval(() => { peak[0] = Math.max(peak[0], process.memoryUsage.rss()); }, 3);`,
  { eval: true, workerData: peak },
);
watcher.unref();

let cpu = process.cpuUsage();
let before = process.memoryUsage.rss();

process.on('message', (message) => {
  if (message === 'begin') {
    before = process.memoryUsage.rss();
    peak[0] = before;
    cpu = process.cpuUsage();
    process.send?.({ begun: true });
    return;
  }
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    cpuMs: (user + system) / 1_000,
    bytes: Math.max(0, Math.max(peak[0] ?? 0, process.memoryUsage.rss()) - before),
  });
});
process.channel?.unref();
