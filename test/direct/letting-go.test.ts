import { parse } from 'graphql';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { anonymous, everyScope } from '../../src/access/caller.ts';
import { parseConfig } from '../../src/config.ts';
import { conductorOf } from '../../src/direct/conducting.ts';
import type { Context } from '../../src/graph/context.ts';
import { buildSchema } from '../../src/graph/schema.ts';
import { openContext } from '../../src/session.ts';
import { connectSource } from '../../src/sources/connecting.ts';
import { kinds } from '../../src/sources/registry.ts';
import { createWriteRunner } from '../../src/writing/running.ts';
import { AuditSettings, WriteSettings } from '../../src/writing/settings.ts';

/** A context over a Horde that is never asked. */
function openAlone(): Context {
  const config = parseConfig({ sources: [{ id: 'horde', kind: 'AI_HORDE', url: 'http://127.0.0.1:9/api' }] }, kinds);
  return openContext(
    config.sources.map((each) => connectSource(each)),
    config.identities,
    anonymous(everyScope),
    { headers: new Headers(), signal: new AbortController().signal },
    createWriteRunner({ log: pino({ level: 'silent' }), writes: WriteSettings.parse({}), audit: AuditSettings.parse({}) }),
  );
}

const loaderOf = (context: Context) => context.sources.get('horde')?.loader();

test('a context that was closed holds nothing that was opened, and opens anew for who comes late', () => {
  const context = openAlone();
  const before = loaderOf(context);

  context.close();

  expect(before).toBeDefined();
  expect(loaderOf(context)).not.toBe(before);
  expect(loaderOf(context)).toBe(loaderOf(context));
});

test('on the direct path it is closed when the last plugin has been told of the end, and not before', async () => {
  const contextValue = openAlone();
  const before = loaderOf(contextValue);
  const kept: boolean[] = [];
  const look = (): void => void kept.push(loaderOf(contextValue) === before);
  const onExecute = (): { onExecuteDone: () => void } => {
    look();
    return { onExecuteDone: look };
  };
  const conduct = conductorOf([{ onExecute }]);

  const { data } = await conduct({ schema: buildSchema(), document: parse('{ __typename }'), contextValue });
  look();

  expect(data).toEqual({ __typename: 'Query' });
  expect(kept).toEqual([true, true, false]);
});

test('it is closed, too, where the execution itself fails', async () => {
  const contextValue = openAlone();
  const before = loaderOf(contextValue);
  const broken = new Error('broken');
  const conduct = conductorOf([{ onExecute: ({ setExecuteFn }) => setExecuteFn(() => Promise.reject(broken)) }]);

  await expect(conduct({ schema: buildSchema(), document: parse('{ __typename }'), contextValue })).rejects.toBe(broken);

  expect(loaderOf(contextValue)).not.toBe(before);
});
