import fc from 'fast-check';
import { sampleGroupIds } from '../../src/twins/openwebui/sample-groups.ts';
import { type DrawnFault, fault } from './drawn-faults.ts';
import { furtherInputs } from './random-further-mutations.ts';
import {
  chatUser,
  gift,
  grants,
  group,
  hordeUser,
  hordeUserByAdmin,
  newChatUser,
  newPanelUser,
  panelUser,
} from './random-inputs.ts';
import { ownInputs } from './random-own-mutations.ts';
import type { Turn } from './second-writer.ts';

/** What a mutation is aimed at; the pool that its `pick` chooses from. */
export type Aim =
  | ('horde' | 'mcsManager' | 'openWebUI' | 'person' | 'nothing' | 'panelUsers' | 'members')
  // Shared keys; groups; and who makes API keys of their own.
  | ('sharedKeys' | 'groups' | 'holder');

/** A mutation as it is drawn, before anybody knows who is there when its turn comes. */
export interface DrawnMutation {
  readonly name: string;
  readonly aim: Aim;
  readonly pick: number;
  readonly input: Readonly<Record<string, unknown>>;
}

export type Step =
  | {
      readonly kind: 'mutate';
      readonly mutation: DrawnMutation;
      readonly dryRun: boolean;
      readonly keyed: boolean;
      readonly fault: DrawnFault | null;
      /** Somebody else writes at that moment; null: nobody. */
      readonly second: { readonly turn: Turn; readonly pick: number } | null;
    }
  /** Somebody else writes in between. */
  | { readonly kind: 'meddle'; readonly aim: Aim; readonly pick: number }
  /** An earlier one once more, under its idempotencyKey. */
  | { readonly kind: 'repeat'; readonly pick: number }
  /** Two clients with one account at once. */
  | { readonly kind: 'together'; readonly aim: Aim; readonly pick: number; readonly inputs: readonly [Input, Input] }
  | { readonly kind: 'read' };

type Input = Readonly<Record<string, unknown>>;

const { crew, readers } = sampleGroupIds;

const draw = (name: string, aim: Aim, input: fc.Arbitrary<object>): fc.Arbitrary<DrawnMutation> =>
  fc.record({
    name: fc.constant(name),
    aim: fc.constant(aim),
    pick: fc.nat({ max: 99 }),
    input: input.map((own) => ({ ...own })),
  });

const setPassword = fc.record({
  password: fc.constantFrom('Harbour-Light-8', 'Harbour-Light-9'),
  switchOff2FA: fc.constant(true),
});
const ofGroup = fc.record({ groupId: fc.constantFrom(crew, readers) });
const none = fc.constant({});

const drawn: readonly (readonly [weight: number, name: string, aim: Aim, input: fc.Arbitrary<object>])[] = [
  [5, 'updateHordeUser', 'horde', hordeUser],
  [5, 'updateMcsManagerUser', 'mcsManager', panelUser],
  [4, 'updateOpenWebUIUser', 'openWebUI', chatUser],
  [2, 'transferHordeKudos', 'nothing', gift],
  [2, 'deleteHordeUser', 'horde', none],
  [3, 'undeleteHordeUser', 'horde', none],
  [1, 'banMcsManagerUser', 'mcsManager', none],
  [2, 'unbanMcsManagerUser', 'mcsManager', none],
  [2, 'createMcsManagerUser', 'nothing', newPanelUser],
  [1, 'deleteMcsManagerUsers', 'panelUsers', none],
  [1, 'setOpenWebUIRole', 'openWebUI', fc.record({ role: fc.constantFrom('user', 'pending', 'admin') })],
  [1, 'addOpenWebUIUser', 'nothing', newChatUser],
  [1, 'deleteOpenWebUIUser', 'openWebUI', none],
  [2, 'addOpenWebUIGroupMembers', 'members', ofGroup],
  [2, 'removeOpenWebUIGroupMembers', 'members', ofGroup],
  [1, 'updateOpenWebUIGroup', 'nothing', group],
  [2, 'updateOpenWebUIDefaultPermissions', 'nothing', fc.record({ grants })],
  [2, 'updateHordeUser', 'horde', hordeUserByAdmin],
  [1, 'setMcsManagerPassword', 'mcsManager', setPassword],
  ...Object.entries(ownInputs).map(([name, input]) => [1, name, 'nothing', input] as const),
  ...furtherInputs.map(([name, what, input]) => [1, name, what, input] as const),
  [1, 'deleteUser', 'person', none],
  [1, 'banUser', 'person', none],
  [1, 'unbanUser', 'person', none],
];

export const mutationNames: ReadonlySet<string> = new Set(drawn.map(([, name]) => name));

const mutation = fc.oneof(...drawn.map(([weight, name, aim, input]) => ({ weight, arbitrary: draw(name, aim, input) })));

const once = (odds: number): fc.Arbitrary<boolean> => fc.nat({ max: odds - 1 }).map((drawn) => drawn === odds - 1);

const second = fc.record({
  turn: fc.constantFrom<Turn>('as it is sent', 'before it is read back'),
  pick: fc.nat({ max: 9 }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('mutate' as const),
      mutation,
      dryRun: once(8),
      keyed: fc.boolean(),
      fault: fc.option(fault, { nil: null, freq: 2 }),
      second: fc.option(second, { nil: null, freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('meddle' as const),
      aim: fc.constantFrom<Aim>('horde', 'mcsManager', 'openWebUI', 'groups'),
      pick: fc.nat({ max: 99 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('repeat' as const), pick: fc.nat({ max: 99 }) }) },
  { weight: 1, arbitrary: together('horde', hordeUser) },
  { weight: 1, arbitrary: together('mcsManager', panelUser) },
  { weight: 1, arbitrary: together('openWebUI', chatUser) },
  { weight: 2, arbitrary: fc.constant({ kind: 'read' as const }) },
);

export const sequence = fc.array(step, { minLength: 10, maxLength: 20 });

function together(aim: Aim, input: fc.Arbitrary<Input>): fc.Arbitrary<Step> {
  return fc.record({
    kind: fc.constant('together' as const),
    aim: fc.constant(aim),
    pick: fc.nat({ max: 99 }),
    inputs: fc.tuple(input, input),
  });
}
