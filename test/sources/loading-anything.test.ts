import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FacetName } from '../../src/domain/facets.ts';
import type { AccountRecord, Read, SourceSession } from '../../src/sources/contract.ts';
import { createAccountLoader } from '../../src/sources/loading.ts';
import { endings, nextTick, point, sessionOf, shared, sweep } from './loading-session.ts';
import { type Case, smallCase, stillOpen } from './planning-brute-force.ts';

const ids = ['a', 'b', 'c'];

/** What of the world goes wrong, or is not there. Reads are named as the log names them. */
interface Trouble {
  readonly absent: readonly string[];
  /** Whom incomplete sweeps leave out. */
  readonly slipping: readonly string[];
  readonly failing: readonly string[];
  /** Of each need: whether it is asked for in a tick of its own, while the reads before it are under way. */
  readonly late: readonly boolean[];
}

const readNames = ['point 0', 'point 1', 'sweep 0', 'sweep 1', 'shared 0', 'shared 1'];
const trouble: fc.Arbitrary<Trouble> = fc.record({
  absent: fc.subarray(ids),
  slipping: fc.subarray(ids),
  failing: fc.subarray(readNames),
  late: fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }),
});

const peace = { absent: [], slipping: [], failing: [] };

test('in any session nothing is read twice, and every ask ends in the truth, or in the fault of a read that was made', async () => {
  await fc.assert(
    fc.asyncProperty(smallCase.map(asSession), trouble, async (plain, trouble) => {
      // Of whom there is not, nothing is known.
      const known = Object.fromEntries(ids.map((id) => [id, trouble.absent.includes(id) ? [] : (plain.known[id] ?? [])]));
      const given = { ...plain, known };

      const { log, answers } = await run(given, trouble);

      expectNothingTwice(log, trouble);
      for (const [index, { id, facet }] of given.needs.entries()) {
        expect(allowed(id, facet, log, given, trouble)).toContainEqual(answers[index]);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('where nothing goes wrong every need that can be met is met', async () => {
  await fc.assert(
    fc.asyncProperty(smallCase.map(asSession), trouble, async (given, { late }) => {
      const { answers } = await run(given, { ...peace, late });

      const open = stillOpen(given, everything(given)).map(({ id, facet }) => `${facet} of ${id}`);
      for (const [index, { id, facet }] of given.needs.entries()) {
        const truth = `${facet} of ${id}`;
        expect(answers[index]).toEqual(open.includes(truth) ? { failed: 'SOURCE_UNSUPPORTED' } : { exists: true, value: truth });
      }
    }),
    { numRuns: 2_000 },
  );
});

/** Leaves out what no kind declares: ids without a partition, and derivations from nothing or from shared reads unheard of. */
function asSession(given: Case): Case {
  const names = given.shared.map(({ name }) => name);
  return {
    ...given,
    sweeps: given.sweeps.map((one) => ({
      ...one,
      partitions: Object.fromEntries(Object.entries(one.partitions).map(([id, partition]) => [id, partition ?? 'odd'])),
    })),
    derivations: given.derivations.filter(({ from, shared }) => from.length > 0 && shared.every((name) => names.includes(name))),
  };
}

async function run(given: Case, trouble: Trouble) {
  const log: string[] = [];
  const loader = createAccountLoader(toSession(given, trouble, log), 'test');
  for (const id of ids) {
    const facets = given.known[id] ?? [];
    if (facets.length > 0) loader.prime({ id, record: truth(facets, id), fetchedAt: new Date() });
  }
  const asks: ReturnType<typeof loader.load>[] = [];
  for (const [index, { id, facet }] of given.needs.entries()) {
    if (trouble.late[index]) await nextTick();
    const ask = loader.load(id, facet);
    ask.catch(() => undefined);
    asks.push(ask);
  }
  const answers = (await endings(...asks)).map((answer) => {
    const { failed } = Object(answer);
    return failed === undefined ? answer : { failed: failed.code ?? failed };
  });
  return { log, answers };
}

function toSession(given: Case, { absent, slipping, failing }: Trouble, log: string[]): SourceSession {
  // Some answers come later than others.
  const slowly = async (name: string) => {
    if (name.endsWith('1')) await nextTick();
    if (failing.includes(name)) throw name;
  };
  const toCost = (cost: number) => ({ requests: cost, bytes: 0 });
  const points = given.points.map(({ name, brings, cost }): Read => {
    const tell = async (id: string) => {
      await slowly(name);
      return absent.includes(id) ? null : truth(brings, id);
    };
    return point(log, name, { brings, cost: toCost(cost), tell });
  });
  const sweeps = given.sweeps.map(({ name, brings, partitions, costs }): Read => {
    const complete = name === 'sweep 0';
    const partition = (id: string) => partitions[id] ?? '';
    const tell = async (wanted: ReadonlySet<string>) => {
      await slowly(name);
      const present = [...wanted].filter((id) => !absent.includes(id) && (complete || !slipping.includes(id)));
      return Object.fromEntries(present.map((id) => [id, truth(brings, id)]));
    };
    const read = sweep(log, name, { brings, complete, partition, tell });
    return { ...read, cost: (which) => toCost(costs[which] ?? 0) };
  });
  return sessionOf({
    reads: [...points, ...sweeps],
    shared: given.shared.map(({ name, cost }) => ({
      ...shared(log, name, () => slowly(name).then(() => `what ${name} tells`)),
      cost: toCost(cost),
    })),
    derivations: given.derivations.map((derivation) => ({
      ...derivation,
      // Made from its bases and what is shared, so that one without them would show.
      derive: (record, values) => {
        for (const name of derivation.shared)
          if (values.get(name) !== `what ${name} tells`) throw new Error(`${name} is missing`);
        const [whose] = derivation.from.map((base) => `${Object(record)[base]}`.replace(/.* of /, ''));
        return truth([derivation.facet], `${whose}`);
      },
    })),
  });
}

/** What facets hold is no concern of the loader's: a text that says whose they are is enough. */
const truth = (facets: readonly FacetName[], id: string): AccountRecord =>
  Object.fromEntries(facets.map((facet) => [facet, `${facet} of ${id}`]));

function expectNothingTwice(log: readonly string[], { failing }: Trouble): void {
  const perId = log.flatMap((line) => {
    const [reading, wanted] = line.split(' for ');
    return wanted === undefined ? [line] : wanted.split(' ').map((id) => `${reading} ${id}`);
  });
  expect(perId).toHaveLength(new Set(perId).size);
  const failed = log.map((line) => line.split(' for ')[0] ?? '').filter((line) => failing.some((name) => line.startsWith(name)));
  expect(failed).toHaveLength(new Set(failed).size);
}

/** How the ask may end, given the reads that were made. */
function allowed(
  id: string,
  facet: FacetName,
  log: readonly string[],
  given: Case,
  { absent, slipping, failing }: Trouble,
): unknown[] {
  const madeAndFailed = failing.filter((name) => log.some((line) => line.startsWith(name)));
  const endings: unknown[] = madeAndFailed.map((name) => ({ failed: name }));
  if (absent.includes(id)) endings.push({ exists: false });
  else endings.push({ exists: true, value: `${facet} of ${id}` });
  const sweptInVain = log.some((line) => line.startsWith('sweep 1') && line.split(' for ')[1]?.split(' ').includes(id));
  if (sweptInVain && (slipping.includes(id) || absent.includes(id))) endings.push({ failed: 'SOURCE_FAILED' });
  const cannot = stillOpen(given, everything(given)).some((need) => need.id === id && need.facet === facet);
  if (cannot) endings.push({ failed: 'SOURCE_UNSUPPORTED' });
  return endings;
}

/** Every read there is. */
const everything = (given: Case) => ({
  points: given.points.flatMap(({ name }) => ids.map((id) => ({ read: name, id }))),
  sweeps: given.sweeps.map(({ name }) => ({ read: name, partition: '', wanted: ids })),
  shared: given.shared.map(({ name }) => name),
});
