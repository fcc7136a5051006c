import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FacetName } from '../../src/domain/facets.ts';
import { requestEquivalents } from '../../src/sources/cost.ts';
import { planWithoutPrices } from '../../src/sources/only-read.ts';
import { type Means, type Need, type Plan, plan } from '../../src/sources/planning.ts';
import { type Case, cheapest, cost, means, smallCase, stillOpen } from './planning-brute-force.ts';

describe('on small cases of every sort', () => {
  const runs = { numRuns: 2_000 };

  test('no set of reads meets more needs or as many for less', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        const chosen = plan(given.needs, means(given));

        expect({ unmet: chosen.unmet.length, cost: chosen.cost }).toEqual(cheapest(given));
      }),
      runs,
    );
  }, 90_000);

  test('the plan meets every need that it does not call unmet, and no other', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        const chosen = plan(given.needs, means(given));

        expect(chosen.unmet.map(written).sort()).toEqual(stillOpen(given, chosen).map(written).sort());
      }),
      runs,
    );
  });

  test('a plan that looks at no prices is there only where none meets more needs, or as many for less', () => {
    let found = 0;
    fc.assert(
      fc.property(smallCase, (given) => {
        // With all that can be derived, is known and can be swept there would hardly ever be one.
        const { known, sweeps, derivations } = given;
        const facts = { ...given, known: { a: known.a ?? [] }, sweeps: sweeps.slice(1), derivations: derivations.slice(0, 1) };
        const chosen = planWithoutPrices(facts.needs, waysOf(facts), (id) => id !== 'a' || facts.known.a.length === 0);
        if (chosen === undefined) return;
        found += 1;

        expect({ unmet: stillOpen(facts, chosen).length, cost: cost(facts, chosen) }).toEqual(cheapest(facts));
      }),
      { numRuns: 20_000 },
    );

    expect(found).toBeGreaterThan(500);
  }, 90_000);

  test('the plan costs what its reads cost, and names each once', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        const chosen = plan(given.needs, means(given));

        expect(chosen.cost).toBe(cost(given, chosen));
        for (const names of [
          chosen.shared,
          chosen.points.map((point) => JSON.stringify(point)),
          chosen.sweeps.map(({ read, partition }) => JSON.stringify([read, partition])),
          ...chosen.sweeps.map(({ wanted }) => wanted),
        ]) {
          expect(new Set(names).size).toBe(names.length);
        }
      }),
      runs,
    );
  });

  test('a sweep is made only for ids of its own partition', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        for (const { read, partition, wanted } of plan(given.needs, means(given)).sweeps) {
          expect(wanted.length).toBeGreaterThan(0);
          for (const id of wanted) expect(given.sweeps.find(({ name }) => name === read)?.partitions[id]).toBe(partition);
        }
      }),
      runs,
    );
  });

  test('nothing is asked for an id whose wanted facets are all known', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        const chosen = plan(given.needs, means(given));

        const lacking = new Set(given.needs.filter(({ id, facet }) => !given.known[id]?.includes(facet)).map(({ id }) => id));
        for (const id of asked(chosen)) expect(lacking).toContain(id);
      }),
      runs,
    );
  });

  test('what is known of every id makes an empty plan', () => {
    fc.assert(
      fc.property(smallCase, (given) => {
        const wanted = given.needs.map(({ facet }) => facet);
        const allKnown: Case = { ...given, known: Object.fromEntries(given.needs.map(({ id }) => [id, wanted])) };

        expect(plan(given.needs, means(allKnown))).toEqual({ points: [], sweeps: [], shared: [], unmet: [], cost: 0 });
      }),
      runs,
    );
  });
});

describe('the measure of cost', () => {
  const panelOf = (users: number): Means =>
    meansOf({
      points: [{ name: 'user', brings: ['identity', 'registration'], cost: requestEquivalents({ requests: 1, bytes: 250 }) }],
      sweeps: [
        {
          name: 'overview',
          brings: ['identity'],
          partition: () => '',
          cost: () => requestEquivalents({ requests: 1, bytes: 130 * users }),
        },
      ],
    });

  test('two users of a panel of 100,000 are read singly, not by an overview of 13 MB', () => {
    const chosen = plan(needsOf(2, ['identity']), panelOf(100_000));

    expect(reads(chosen)).toEqual({ points: 2, sweeps: [], shared: [] });
  });

  test('the overview of a panel of 2,000 is read for 26 users and not for 25', () => {
    expect(reads(plan(needsOf(25, ['identity']), panelOf(2_000)))).toEqual({ points: 25, sweeps: [], shared: [] });
    expect(reads(plan(needsOf(26, ['identity']), panelOf(2_000)))).toEqual({ points: 0, sweeps: ['overview'], shared: [] });
  });

  test('on a small panel the overview is read for two', () => {
    expect(reads(plan(needsOf(2, ['identity']), panelOf(50)))).toEqual({ points: 0, sweeps: ['overview'], shared: [] });
  });

  test('what overview lacks is read singly, and then overview is not read beside it', () => {
    const needs = needsOf(50, ['identity', 'registration']);

    expect(reads(plan(needs, panelOf(2_000)))).toEqual({ points: 50, sweeps: [], shared: [] });
  });

  test('a read that strains its upstream gives way to two that do not', () => {
    const strained = requestEquivalents({ requests: 1, bytes: 0, weight: 30 });
    const sweep = { name: 'search', brings: ['identity'] as const, partition: () => '', cost: () => strained };
    const point = { name: 'user', brings: ['identity'] as const, cost: requestEquivalents({ requests: 1, bytes: 0 }) };

    const chosen = plan(needsOf(2, ['identity']), meansOf({ points: [point], sweeps: [sweep] }));

    expect(reads(chosen)).toEqual({ points: 2, sweeps: [], shared: [] });
  });
});

describe('large batches', () => {
  const ids = 10_000;

  test('10,000 ids are looked at once each', () => {
    const counts = { known: 0, partition: 0, cost: 0, brings: 0 };
    const brings = (facets: readonly FacetName[]) => ({
      get brings() {
        counts.brings += 1;
        return facets;
      },
    });
    const given = meansOf({
      points: [pointWith(brings(['identity', 'email']), 1), pointWith(brings(['email', 'groupIds']), 1.5)],
      sweeps: [sweepWith(brings(['identity', 'groupIds']), 40, 'all'), sweepWith(brings(['identity']), 90, 'pages')],
      shared: [
        { name: 'groups', cost: 1 },
        { name: 'defaults', cost: 1 },
      ],
      derivations: [{ facet: 'permissions', from: ['groupIds'], shared: ['groups', 'defaults'] }],
      known: () => {
        counts.known += 1;
        return new Set();
      },
    });

    const chosen = plan(needsOf(ids, ['identity', 'email', 'permissions']), given);

    expect(reads(chosen)).toEqual({ points: ids, sweeps: ['all'], shared: ['groups', 'defaults'] });
    expect(counts).toMatchObject({ known: ids, partition: 2 * ids, cost: 2 });
    // Once an id for each read, and a little for the choices.
    expect(counts.brings).toBeLessThan(4 * ids + 1_000);

    function pointWith(read: { brings: readonly FacetName[] }, points: number): Means['points'][number] {
      return Object.assign(read, { name: `point of ${points}`, cost: points });
    }

    function sweepWith(read: { brings: readonly FacetName[] }, costs: number, name: string): Means['sweeps'][number] {
      return Object.assign(read, {
        name,
        partition: () => {
          counts.partition += 1;
          return '';
        },
        cost: () => {
          counts.cost += 1;
          return costs;
        },
      });
    }
  });

  test('a thousand partitions beside one sweep of everything are decided one by one, not in every combination', () => {
    const counts = { cost: 0 };
    const partitionOf = (id: string) => `${Number(id) % 1_000}`;
    const given = meansOf({
      points: [{ name: 'user', brings: ['identity'], cost: 1 }],
      sweeps: [
        { name: 'all', brings: ['identity', 'presence'], partition: () => '', cost: () => 2_100 },
        {
          name: 'daemon',
          brings: ['presence'],
          partition: partitionOf,
          cost: (partition) => {
            counts.cost += 1;
            return Number(partition) < 500 ? 1 : 2;
          },
        },
      ],
    });

    const presence = plan(needsOf(ids, ['presence']), given);
    const both = plan(needsOf(ids, ['presence', 'identity']), given);

    expect(presence.cost).toBe(500 * 1 + 500 * 2);
    expect(new Set(presence.sweeps.map(({ read }) => read))).toEqual(new Set(['daemon']));
    expect(reads(both)).toEqual({ points: 0, sweeps: ['all'], shared: [] });
    expect(counts.cost).toBe(2 * 1_000);
  });
});

const written = ({ id, facet }: Need): string => `${id} ${facet}`;

const waysOf = ({ points, sweeps, derivations }: Case) => ({
  reads: [
    ...points.map((read) => ({ ...read, shape: 'point' as const })),
    ...sweeps.map((read) => ({ ...read, shape: 'sweep' as const })),
  ],
  derivations,
});

const asked = (chosen: Plan): string[] => [
  ...chosen.points.map(({ id }) => id),
  ...chosen.sweeps.flatMap(({ wanted }) => wanted),
];

const reads = ({ points, sweeps, shared }: Plan) => ({ points: points.length, sweeps: sweeps.map(({ read }) => read), shared });

const needsOf = (count: number, facets: readonly FacetName[]): Need[] =>
  Array.from({ length: count }, (_, index) => facets.map((facet) => ({ id: `${index}`, facet }))).flat();

const meansOf = (some: Partial<Means>): Means => ({
  points: [],
  sweeps: [],
  shared: [],
  derivations: [],
  known: () => new Set(),
  ...some,
});
