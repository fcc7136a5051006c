import { expect, test } from 'vitest';
import { outcomes, service } from './asked.ts';
import { startRaw } from './raw-server.ts';

const busyFor = (ms: number): void => {
  const until = performance.now() + ms;
  while (performance.now() < until);
};

test('an answer that came while the process was busy is taken, though its time is up when it is read', async () => {
  await using raw = await startRaw(
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nhad');
      busyFor(300);
    },
    {},
    { deadlineMs: 150 },
  );

  const asked = raw.client.send({ path: '/', credential: service, route: 'thing' });

  expect(await outcomes([asked])).toEqual(['had']);
});
