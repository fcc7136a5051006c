import { describe, expect, test } from 'vitest';
import { changeOf, createStore, field, startRunner, told } from './plain-writes.ts';

/** How many of the writes are being sent at most at the same moment; each is as long under way as fewer than `wanted` are. */
function crowd(wanted: number) {
  let [now, most] = [0, 0];
  const gathered = Promise.withResolvers<void>();
  const send = async () => {
    now += 1;
    most = Math.max(most, now);
    if (now === wanted) gathered.resolve();
    await gathered.promise;
    // Long enough for another to come in, if it may.
    await new Promise((resolve) => setTimeout(resolve, 10));
    now -= 1;
  };
  return { send, most: () => most };
}

const three = { a: { level: 1 }, b: { level: 1 }, c: { level: 1 } };

test('writes of one target go one at a time, each seeing what the one before it left', async () => {
  await using running = await startRunner();
  const store = createStore({ one: { list: [] } });
  const add = (item: string) =>
    changeOf(
      store,
      [
        field('added', item, {
          // The store's list holds texts.
          current: (state) => ((state as { list: string[] }).list.includes(item) ? item : null),
        }),
      ],
      {
        send: async (_fields, before) => {
          const { list } = before as { list: string[] };
          await new Promise((resolve) => setTimeout(resolve, 5));
          store.things.set('one', { list: [...list, item] });
        },
      },
    );

  const outcomes = await Promise.all(['a', 'b', 'c', 'd'].map((item) => running.run(add(item))));

  expect(store.things.get('one')).toEqual({ list: ['a', 'b', 'c', 'd'] });
  for (const outcome of outcomes) expect(told(outcome)).toMatchObject({ verdicts: { added: 'APPLIED' }, problems: [] });
});

test('writes of several targets go side by side, unless they name the same lane', async () => {
  await using running = await startRunner();
  const [free, laned] = [crowd(3), crowd(1)];
  const store = createStore(three);
  const write = (id: string, { send }: ReturnType<typeof crowd>, more = {}) =>
    changeOf(store, [field('level', 2)], { id, send, ...more });

  await Promise.all(['a', 'b', 'c'].map((id) => running.run(write(id, free))));
  await Promise.all(['a', 'b', 'c'].map((id) => running.run(write(id, laned, { lane: 'hashing' }))));

  expect(free.most()).toBe(3);
  expect(laned.most()).toBe(1);
});

test('a lane is its source’s alone, and so is a target', async () => {
  await using running = await startRunner();
  const { send, most } = crowd(2);
  const store = createStore(three);
  const write = () => changeOf(store, [field('level', 2)], { id: 'a', send, lane: 'hashing' });

  await Promise.all(['one', 'other'].map((source) => running.run(write(), { source })));

  expect(most()).toBe(2);
});

test('a write that fails lets the next one through', async () => {
  await using running = await startRunner();
  const store = createStore();
  const read = async () => {
    throw new TypeError('our bug');
  };

  const first = running.run(changeOf(store, [field('level', 2)], { read }));
  const second = running.run(changeOf(store, [field('level', 3)]));

  await expect(first).rejects.toThrow('our bug');
  expect(told(await second).verdicts).toEqual({ level: 'APPLIED' });
});

describe('a write whose operation has no time any more', () => {
  /** One that holds its target until it is let go. */
  async function startHeld() {
    const running = await startRunner();
    const store = createStore();
    const [sending, letting] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const send = async () => {
      sending.resolve();
      await letting.promise;
      store.things.set('one', { level: 2 });
    };
    const first = running.run(changeOf(store, [field('level', 2)], { send }));
    await sending.promise;
    return { running, store, first, letGo: letting.resolve };
  }

  const late = { sent: false, verdicts: { level: 'NOT_SENT' }, problems: ['SOURCE_FAILED'] };

  test('does not wait for others', async () => {
    const { running, store, first, letGo } = await startHeld();
    await using _closing = running;

    const outcome = await running.run(changeOf(store, [field('level', 3)]), { until: performance.now() });
    letGo();

    expect(told(outcome)).toEqual(late);
    expect(told(await first).verdicts).toEqual({ level: 'APPLIED' });
  });

  test('is not begun when those before it have taken that time', async () => {
    const { running, store, first, letGo } = await startHeld();
    await using _closing = running;
    const asked: string[] = [];
    const read = async () => {
      asked.push('read');
      return null;
    };
    const until = performance.now() + 30;

    const waiting = running.run(changeOf(store, [field('level', 3)], { read }), { until });
    while (performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    letGo();

    expect(told(await waiting)).toEqual(late);
    expect(asked).toEqual([]);
    expect(told(await first).verdicts).toEqual({ level: 'APPLIED' });
  });
});

test('closing waits for what is under way', async () => {
  await using running = await startRunner();
  const store = createStore();
  let done = false;
  const send = async () => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    done = true;
  };

  const run = running.run(changeOf(store, [field('level', 2)], { send }));
  await running.runner.close();

  expect(done).toBe(true);
  await run;
});

test('whoever keeps something is told of what was written, and only then', async () => {
  const written: string[] = [];
  await using running = await startRunner({ onWritten: async (source, touched) => void written.push(`${source} ${touched}`) });
  const store = createStore();

  await running.run(changeOf(store, [field('level', 1)]));
  await running.run(changeOf(store, [field('level', 2)]), { dryRun: true });
  await running.run(changeOf(store, [field('level', 2)]));

  expect(written).toEqual(['things null']);
});
