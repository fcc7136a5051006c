import { expect, test } from 'vitest';
import { laneOf } from '../../src/edge/lane-of.ts';
import type { Comer, Turns } from '../../src/edge/turns.ts';
import { useLoadLimits } from '../../src/plugins/use-load-limits.ts';

interface Asking {
  readonly signal?: AbortSignal;
  readonly caller?: { readonly kind: string; readonly name: string | null };
  readonly address?: string;
}

const ada = { kind: 'KEY', name: 'ada' };

/** The plugin, with a turn that comes when it is told to, and in which there may be somebody who makes room. */
function limited(maxConcurrentOperations: number, makesRoom = false) {
  const turn = Promise.withResolvers<boolean>();
  const comers: Comer[] = [];
  let left = 0;
  const turns: Turns = {
    wait: (comer) => {
      comers.push(comer);
      return {
        come: turn.promise,
        leave: () => {
          left += 1;
        },
      };
    },
    makeRoom: () => makesRoom,
    answered: () => undefined,
  };
  const settings = { maxConcurrentOperations, operationDeadlineMs: 500 };
  const plugin = useLoadLimits(settings, { pointsOf: () => 1 }, turns);
  let executed = 0;
  const execute = ({
    signal = new AbortController().signal,
    caller = ada,
    address = '192.0.2.1',
  }: Asking = {}): Promise<unknown> => {
    const request = { signal, headers: new Headers() };
    const initial = { request, req: { socket: { remoteAddress: address } } };
    const contextValue = { ...initial, caller, lane: laneOf(caller, initial, undefined) };
    let executeFn = async (): Promise<unknown> => {
      executed += 1;
      return { data: null };
    };
    const payload = {
      args: { contextValue },
      executeFn,
      setExecuteFn: (other: typeof executeFn) => {
        executeFn = other;
      },
    };
    // As much of it as the plugin looks at.
    void plugin.onExecute?.(payload as never);
    return executeFn();
  };
  return {
    execute,
    comers,
    begin: () => turn.resolve(true),
    sendAway: () => turn.resolve(false),
    executed: () => executed,
    left: () => left,
  };
}

test('an operation whose client leaves before its turn ends at once, is not executed, and makes room', async () => {
  const { execute, begin, executed, left } = limited(1);
  const client = new AbortController();
  const ended = execute({ signal: client.signal });
  client.abort();

  await expect(ended).rejects.toMatchObject({ name: 'AbortError' });
  expect([executed(), left()]).toEqual([0, 1]);
  begin();
  expect(await execute()).toEqual({ data: null });
});

test('operations that wait for their turn count among those there are', async () => {
  const { execute, begin, executed } = limited(1);
  const first = execute();

  expect(await execute()).toMatchObject({ errors: [{ extensions: { code: 'SERVER_BUSY' } }] });
  begin();
  expect(await first).toEqual({ data: null });
  expect(executed()).toBe(1);
});

test('who has to make room for another is told that the server is busy, and the other one waits', async () => {
  const { execute, sendAway, comers, executed } = limited(1, true);
  const [first, second] = [execute(), execute({ caller: { kind: 'KEY', name: 'bao' } })];
  sendAway();

  expect(comers).toHaveLength(2);
  expect(await first).toMatchObject({ errors: [{ extensions: { code: 'SERVER_BUSY' } }] });
  expect(await second).toMatchObject({ errors: [{ extensions: { code: 'SERVER_BUSY' } }] });
  expect(executed()).toBe(0);
});

test('callers wait in lanes of their own, and whoever has no name by where they ask from', () => {
  const { execute, comers } = limited(10);
  const nobody = { kind: 'ANONYMOUS', name: null };
  const asking: Asking[] = [{}, { address: '192.0.2.2' }, { caller: nobody }, { caller: nobody, address: '192.0.2.2' }];
  for (const each of asking) void execute(each);

  expect(comers.map(({ lane }) => lane)).toEqual(['KEY ada', 'KEY ada', 'address 192.0.2.1', 'address 192.0.2.2']);
});

test('nobody waits for a turn for longer than they have', () => {
  const { execute, comers } = limited(1);
  const now = performance.now();
  void execute();

  expect(comers[0]?.until).toBeGreaterThanOrEqual(now + 500);
  expect(comers[0]?.until).toBeLessThanOrEqual(performance.now() + 500);
});
