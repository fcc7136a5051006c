import { expect, test } from 'vitest';
import { keysAt } from '../access/people.ts';
import type { Rollcall } from '../app/rollcall.ts';
import { idOf, tokenOf } from '../sources/openwebui-writing.ts';
import { startKeeping } from './counting.ts';
import { openLosingDoor } from './losing-door.ts';
import { everyMutation, everything, type Meant } from './mutations-table.ts';

const quiet = {
  size: 20,
  horde: { caches: false, limits: false, shiftTies: false },
  mcsManager: { rateLimits: false },
} as const;

/** Several credential classes, among them those whose rights a write may change. */
const askers = ({ community }: Rollcall): Record<string, Record<string, string>> => {
  const { horde, panel, webui } = keysAt(community);
  const { openWebUI } = community;
  return {
    service: {},
    ada: { ...horde(101), ...panel('a1d0a1d0a1d04a1d8a1d0a1d0a1d0001'), ...webui(idOf('ada')) },
    chidi: { ...horde(103), ...panel('c41d1c41d1c44c418c41d1c41d1c0003'), 'x-source-key-webui': tokenOf(openWebUI, 'chidi') },
    bao: webui(idOf('bao')),
    dunja: horde(104),
  };
};

type Told = Readonly<Record<string, string>>;

/** What each of them is told, errors by code. */
async function tellAll(rollcall: Rollcall, headersOf: ReturnType<typeof askers>, directive = ''): Promise<Told> {
  const told: Record<string, string> = {};
  for (const [asker, headers] of Object.entries(headersOf)) {
    const { data, errors = [] } = await rollcall.askText(`query ${directive} ${everything}`, {}, headers);
    const failures = errors.map(({ path, extensions }) => `${path?.join('.')} ${extensions.code}`).toSorted();
    told[asker] = JSON.stringify({ data, failures });
  }
  return told;
}

async function mutate(rollcall: Rollcall, name: string, { input, headers }: Meant) {
  const field = rollcall.app.schema.getMutationType()?.getFields()[name];
  const text = `mutation ($input: ${field?.args[0]?.type}) { ${name}(input: $input) { __typename } }`;
  const { errors } = await rollcall.askText(text, { input: input(rollcall) }, headers?.(rollcall) ?? {});
  return errors ?? [];
}

test('every mutation is in the table', async () => {
  await using keeping = await startKeeping(quiet);

  const names = Object.keys(keeping.rollcall.app.schema.getMutationType()?.getFields() ?? {});
  expect(Object.keys(everyMutation).toSorted()).toEqual(names.toSorted());
});

test.for(Object.entries(everyMutation))('after %s every class is told the new truth', async ([name, meant]) => {
  await using keeping = await startKeeping(quiet);
  const { rollcall } = keeping;
  meant.prepare?.(rollcall);
  const headersOf = askers(rollcall);
  await tellAll(rollcall, headersOf);
  const before = await tellAll(rollcall, headersOf);
  rollcall.calls();

  expect(await mutate(rollcall, name, meant)).toEqual([]);

  const after = await tellAll(rollcall, headersOf);
  expect(after).toEqual(await tellAll(rollcall, headersOf, '@maxAge(seconds: 0)'));
  const changed = Object.keys(before).filter((asker) => before[asker] !== after[asker]);
  expect(changed.length > 0).toBe(meant.unseen !== true);
});

test.for(['updateHordeUser', 'updateMcsManagerUser', 'updateOpenWebUIUser', 'banUser'])(
  'after %s whose answer was lost every class is told the new truth',
  async (name) => {
    await using door = await openLosingDoor();
    await using keeping = await startKeeping({
      ...quiet,
      config: (input) => ({
        ...input,
        sources: input.sources.map((source) => ({ ...source, url: door.before(source.url ?? ''), http: { deadlineMs: 2_000 } })),
      }),
    });
    const { rollcall } = keeping;
    const meant = everyMutation[name] ?? { input: () => ({}) };
    const headersOf = askers(rollcall);
    const before = await tellAll(rollcall, headersOf);
    door.loseAnswersToWrites();

    await mutate(rollcall, name, meant);

    expect(door.lost()).toBeGreaterThan(0);
    const after = await tellAll(rollcall, headersOf);
    expect(after).not.toEqual(before);
    expect(after).toEqual(await tellAll(rollcall, headersOf, '@maxAge(seconds: 0)'));
  },
);
