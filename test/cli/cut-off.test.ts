import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { stoppable } from '../../src/cli/stopping.ts';

const request = 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';

test.for([
  ['half of a request has come', request.slice(0, 20)],
  ['a request is not answered', request],
] as const)('where on a connection %s when the time is up, the log says that it was cut off', async ([, sent]) => {
  const logged: string[] = [];
  const log = pino({ base: null }, { write: (line: string) => void logged.push(line) });
  const { server, stop } = stoppable(createServer(() => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A listening TCP server has an AddressInfo.
  const client = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const come = new Promise((resolve) => server.once('connection', (socket) => socket.once('data', resolve)));
  client.write(sent);
  await come;
  const gone = new Promise((resolve) => client.once('close', resolve));
  vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval'] });
  try {
    const stopped = stop(log);
    vi.advanceTimersByTime(10_000);

    await Promise.all([stopped, gone]);
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([{ msg: 'connections cut off', connections: 1, seconds: 10 }]);
  } finally {
    vi.useRealTimers();
  }
});
