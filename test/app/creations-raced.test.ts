import { describe, expect, test } from 'vitest';
import { addUser } from '../../src/twins/mcsmanager/world.ts';
import { blankUser } from '../../src/twins/openwebui/blank-user.ts';
import { meddle } from '../meddling.ts';
import { type Rollcall, startRollcall } from './rollcall.ts';

interface Made {
  readonly sent: boolean;
  readonly account: { readonly id: string } | null;
  readonly fields: readonly { readonly name: string; readonly verdict: string }[];
  readonly errors: readonly { readonly __typename: string; readonly message: string; readonly unknown?: readonly string[] }[];
}

const create = async ({ askText }: Rollcall, name: string, input: object): Promise<Made> => {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await askText(
    `mutation ($input: ${type}!) { made: ${name}(input: $input) {
       sent account { id } fields { name verdict } errors { __typename ... on WriteError { message } ... on UnknownOutcome { unknown } } } }`,
    { input },
  );
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  // The query asks for just that.
  return (data as { readonly made: Made }).made;
};

const verdicts = ({ fields }: Made) => Object.fromEntries(fields.map(({ name, verdict }) => [name, verdict]));

const email = 'raced@harbour.example';
const onPanel = ['createMcsManagerUser', { userName: 'raced', password: 'Mine-12345' }] as const;
const onWebUI = ['addOpenWebUIUser', { name: 'Raced', email, password: 'mine', role: 'user' }] as const;

/** Somebody else adds them, under the same name and as everything that can be seen says, but with a password of theirs. */
const others = {
  createMcsManagerUser: ({ community: { mcsManager } }: Rollcall) => ({
    twin: mcsManager,
    theirs: 'mcsmanager:0123456789abcdef0123456789abcdef',
    add: () =>
      void addUser(mcsManager.world, { uuid: '0123456789abcdef0123456789abcdef', userName: 'raced', password: 'Other-1234' }),
  }),
  addOpenWebUIUser: ({ community: { openWebUI } }: Rollcall) => ({
    twin: openWebUI,
    theirs: 'webui:00000000-0000-4000-8000-0000000000aa',
    add: () =>
      void openWebUI.world.users.add(
        blankUser({ id: '00000000-0000-4000-8000-0000000000aa', name: 'Raced', email, role: 'user', created_at: 1 }),
      ),
  }),
} as const;

describe.each([onPanel, onWebUI])('%s, while somebody else makes one of the same name', (name, input) => {
  const post = { method: 'POST', path: /\/auth(s\/add)?$/ } as const;

  test('and is refused for it: nothing is applied, and the other’s account is not shown as the new one', async () => {
    await using rollcall = await startRollcall({ size: 12, mcsManager: { hashMs: 0 } });
    const { twin, add } = others[name](rollcall);
    meddle(twin, post, add);

    const made = await create(rollcall, name, input);

    expect(new Set(Object.values(verdicts(made)))).toEqual(new Set(['NOT_APPLIED']));
    expect(made).toMatchObject({ sent: true, account: null, errors: [{ __typename: 'Conflict' }] });
  });

  test('and whose request was lost: no success, and the password is unknown', async () => {
    await using rollcall = await startRollcall({ size: 12, mcsManager: { hashMs: 0 } });
    const { twin, theirs, add } = others[name](rollcall);
    meddle(twin, post, add);
    twin.faults.add({ ...post, fault: { kind: 'reset' } });

    const made = await create(rollcall, name, input);

    expect(verdicts(made)).toMatchObject({ password: 'UNKNOWN' });
    expect(made.errors).toMatchObject([
      { __typename: 'UnknownOutcome', unknown: ['password'], message: expect.stringContaining('somebody else made it') },
      { __typename: 'SourceFailed' },
    ]);
    expect(made.account).toEqual({ id: theirs });
  });
});

test('a user whose instances are refused once they are made is theirs all the same, with the password that was sent', async () => {
  await using rollcall = await startRollcall({ size: 12, mcsManager: { hashMs: 0 } });
  const { mcsManager } = rollcall.community;
  const refusal = { status: 403, data: 'no', time: 1 };
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  mcsManager.faults.add({ method: 'PUT', fault: { kind: 'reply', status: 403, headers, body: JSON.stringify(refusal) } });

  const made = await create(rollcall, 'createMcsManagerUser', {
    ...onPanel[1],
    instances: [{ daemonId: 'd', instanceId: 'i' }],
  });

  expect(verdicts(made)).toEqual({ userName: 'APPLIED', permission: 'APPLIED', instances: 'NOT_APPLIED', password: 'ACCEPTED' });
  expect(made.errors.map(({ __typename }) => __typename)).toEqual(['PartlyApplied', 'Forbidden']);
  expect(made.account).not.toBeNull();
});
