import { expect, test } from 'vitest';
import { useLoadLimits } from '../../src/plugins/use-load-limits.ts';

/** The plugin, with a turn that comes when it is told to. */
function limited(maxConcurrentOperations: number) {
  const turn = Promise.withResolvers<void>();
  const plugin = useLoadLimits({ maxConcurrentOperations }, { pointsOf: () => 1 }, { wait: () => turn.promise });
  let executed = 0;
  const execute = (signal = new AbortController().signal): Promise<unknown> => {
    const contextValue = { caller: { kind: 'KEY', name: 'ada' }, request: { signal } };
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
  return { execute, begin: turn.resolve, executed: () => executed };
}

test('an operation whose client leaves before its turn is not executed, and makes room', async () => {
  const { execute, begin, executed } = limited(1);
  const client = new AbortController();
  const left = execute(client.signal);
  client.abort();
  begin();

  await expect(left).rejects.toMatchObject({ name: 'AbortError' });
  expect(executed()).toBe(0);
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
