import { describe, expect, test } from 'vitest';
import { SourceError } from '../../src/errors.ts';
import type { AccountRecord } from '../../src/sources/contract.ts';
import { describeDiscretion } from './contract-discretion.ts';
import { describeFaults } from './contract-faults.ts';
import { type Opened, open, type SourceSetup, type StartedTwin } from './contract-setup.ts';

/** What every kind of source must do. A kind's own tests add only its oddities. */
export function describeSourceContract(name: string, setup: SourceSetup): void {
  describe(name, () => {
    describe('answers', () => describeAnswers(setup));
    describe('requests', () => describeRequests(setup));
    describe('faults', () => describeFaults(setup));
    describe('discretion', () => describeDiscretion(setup));
  });
}

function describeAnswers(setup: SourceSetup): void {
  const [facet, other] = setup.facets;

  test('an id that nobody has is an answer and no error, and spoils nobody else’s', async () => {
    await withTwin(setup, async (opened, twin) => {
      const ids = [twin.known, setup.unknownId, twin.others];

      const outcomes = await Promise.allSettled(
        ids.flatMap((id) => [opened.loader.load(id, facet), opened.loader.load(id, other)]),
      );

      const existence = outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value.exists);
      expect(existence).toEqual([true, true, false, false, true, true]);
      expect(outcomes.every(({ status }) => status === 'fulfilled')).toBe(true);
    });
  });

  test('each read that brings a user brings nobody for an id that nobody has', async () => {
    await withTwin(setup, async (opened) => {
      const reads = opened.session.reads.filter(({ brings }) => brings.includes(facet));
      for (const read of reads) {
        if (read.shape === 'point') expect(await read.read(setup.unknownId)).toBeNull();
        else {
          const brought = await read.read(read.partition(setup.unknownId), new Set([setup.unknownId]));
          expect(brought.has(setup.unknownId)).toBe(false);
        }
      }
      expect(reads.length).toBeGreaterThan(0);
    });
  });

  test('each read brings every facet that it promises, and nothing that is no facet of the source', async () => {
    await withTwin(setup, async (opened, twin) => {
      const reads = opened.session.reads.filter(({ brings }) => brings.includes(facet));
      for (const read of reads) {
        const record = await recordOf(read, twin.known);
        const brought = Object.keys(record ?? {});
        expect(read.brings.filter((name) => !brought.includes(name))).toEqual([]);
        expect(brought.filter((name) => !isIn(opened.source.facets, name))).toEqual([]);
        expect(record?.[facet]).toBeDefined();
        expect(record?.[facet]).not.toBeInstanceOf(SourceError);
      }
      const everything = opened.session.reads.flatMap(({ brings }) => brings);
      const derived = opened.session.derivations.map((derivation) => derivation.facet);
      expect([...everything, ...derived].filter((name) => !opened.source.facets.has(name))).toEqual([]);
    });
  });

  test('ids of the list are spelt as they are asked for, and hostile ones are nobody’s', async () => {
    await withTwin(setup, async (opened) => {
      const { accounts } = await opened.session.list({}).page(0);

      expect(accounts.length).toBeGreaterThanOrEqual(25);
      expect(accounts.filter(({ id }) => opened.source.canonicalId(id) !== id)).toEqual([]);
      expect(setup.hostileIds.map((id) => opened.source.canonicalId(id))).toEqual(setup.hostileIds.map(() => null));
    });
  });

  test('the key’s holder is told, and the status needs no luck', async () => {
    await withTwin(setup, async (opened) => {
      const self = await opened.session.self();

      expect(self === null ? null : opened.source.canonicalId(self.id)).toBe(self?.id);
      expect(await opened.session.status()).toMatchObject({ version: expect.any(String), credential: expect.any(String) });
    });
  });

  test('an order that it does not have is refused before anything is asked', async () => {
    await withTwin(setup, async (opened, twin) => {
      expect(() => opened.session.list({ order: 'BY_SHOE_SIZE' })).toThrow(
        expect.objectContaining({ code: 'SOURCE_UNSUPPORTED' }),
      );
      expect(twin.server.requests).toHaveLength(0);
    });
  });
}

function describeRequests(setup: SourceSetup): void {
  const [facet, other] = setup.facets;

  test('two facets of a user cost one request', async () => {
    await withTwin(setup, async ({ loader }, twin) => {
      const [one, two] = await Promise.all([loader.load(twin.known, facet), loader.load(twin.known, other)]);

      expect([one.exists, two.exists]).toEqual([true, true]);
      expect(twin.server.requests).toHaveLength(1);
    });
  });

  test('what was asked once in an operation is not asked again', async () => {
    await withTwin(setup, async ({ loader }, twin) => {
      await loader.load(twin.known, facet);
      await loader.load(twin.known, other);
      await loader.load(twin.known, facet);

      expect(twin.server.requests).toHaveLength(1);
    });
  });

  test('25 users cost no request after a page of the list has brought them', async () => {
    await withTwin(setup, async ({ session, loader }, twin) => {
      const accounts = (await session.list({}).page(0)).accounts.slice(0, 25);
      for (const account of accounts) loader.prime({ ...account, fetchedAt: new Date() });
      twin.server.forget();

      const told = await Promise.all(accounts.flatMap(({ id }) => [loader.load(id, facet), loader.load(id, other)]));

      expect(told).toHaveLength(50);
      expect(told.every(({ exists }) => exists)).toBe(true);
      expect(twin.server.requests).toHaveLength(0);
      for (const { id } of accounts) expect(Date.now() - (loader.fetchedAt(id)?.getTime() ?? 0)).toBeLessThan(60_000);
    });
  });

  test('two sessions share nothing: the second asks again for what the first has been told', async () => {
    await withTwin(setup, async (opened, twin) => {
      await opened.loader.load(twin.known, facet);
      await opened.session.list({}).page(0);
      const before = twin.server.requests.length;

      const second = opened.again();
      await second.loader.load(twin.known, facet);
      await second.session.list({}).page(0);

      expect(before).toBe(2);
      expect(twin.server.requests).toHaveLength(4);
    });
  });
}

async function withTwin(setup: SourceSetup, act: (opened: Opened, twin: StartedTwin) => Promise<void>): Promise<void> {
  const twin = await setup.start('CANARY');
  await using _server = twin.server;
  await using opened = open(setup.kind, twin);
  await act(opened, twin);
}

async function recordOf(read: Opened['session']['reads'][number], id: string): Promise<AccountRecord | null | undefined> {
  if (read.shape === 'point') return read.read(id);
  return (await read.read(read.partition(id), new Set([id]))).get(id);
}

const isIn = (names: ReadonlySet<string>, name: string): boolean => names.has(name);
