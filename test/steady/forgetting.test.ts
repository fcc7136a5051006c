import { expect, test } from 'vitest';
import { type Credential, classOf } from '../../src/access/credential.ts';
import { createBreakers } from '../../src/steady/breakers.ts';
import { createTally } from '../../src/steady/tally.ts';
import { caller, nobody, service } from './asked.ts';

const strangers = (count: number): Credential[] => Array.from({ length: count }, (_, index) => caller(`stranger ${index}`));

function startBreakers() {
  const breakers = createBreakers(
    () => 0,
    () => {},
  );
  const ask = (as: Credential, came: 'answered' | 'failed'): void => {
    breakers.closedFor(classOf(as));
    breakers.enter(classOf(as))(came);
  };
  return {
    ask,
    open: (as: Credential) => {
      for (let count = 0; count < 8; count += 1) ask(as, 'failed');
    },
    state: (as: Credential) => breakers.stateFor(classOf(as)),
  };
}

test.for([service, nobody])('no number of invented keys pushes out the breaker of the class $class', (ours) => {
  const { ask, open, state } = startBreakers();
  open(ours);

  for (const stranger of strangers(3_000)) open(stranger);
  for (const stranger of strangers(3_000)) ask(stranger, 'answered');

  expect(state(ours)).toBe('OPEN');
});

test('of callers, an open breaker is kept before those that are closed', () => {
  const { ask, open, state } = startBreakers();
  open(caller('ann'));

  for (const stranger of strangers(3_000)) ask(stranger, 'answered');

  expect(state(caller('ann'))).toBe('OPEN');
});

test('of open breakers, that of the caller not seen for longest is forgotten', () => {
  const { ask, open, state } = startBreakers();
  open(caller('ann'));
  open(caller('ben'));
  const [last = service, ...others] = strangers(999);
  for (const other of others) open(other);
  ask(caller('ann'), 'answered');

  open(last);

  expect([caller('ann'), caller('ben'), last].map(state)).toEqual(['OPEN', 'CLOSED', 'OPEN']);
});

test('no number of invented keys pushes out the counts of the service, nor those of a caller who goes on asking', () => {
  const tally = createTally();
  const [ours, ann, ben] = [service, caller('ann'), caller('ben')].map(classOf);
  if (ours === undefined || ann === undefined || ben === undefined) throw new Error('three classes');
  for (const each of [ours, ann, ben]) tally.of(each).requests += 1;

  for (const [index, stranger] of strangers(3_000).entries()) {
    tally.of(classOf(stranger)).requests += 1;
    if (index % 500 === 0) tally.of(ann).requests += 1;
  }

  expect([ours, ann, ben].map((each) => tally.look(each).requests)).toEqual([1, 7, 0]);
});

test('looking at counts makes none, so nobody is forgotten for those who only look', () => {
  const tally = createTally();
  tally.of(classOf(caller('ann'))).requests += 1;

  for (const stranger of strangers(3_000)) expect(tally.look(classOf(stranger)).requests).toBe(0);

  expect(tally.look(classOf(caller('ann'))).requests).toBe(1);
});
