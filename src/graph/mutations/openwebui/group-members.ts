import { parseAccountId } from '../../../domain/user.ts';
import { InputError } from '../../../errors.ts';
import { builder } from '../../builder.ts';
import { quote } from '../../context.ts';
import { defineMutation, type Place } from '../define-mutation.ts';
import { writeOptions } from '../write-options.ts';
import { groupIdField } from './group-fields.ts';
import { onSource, sourceField } from './source-field.ts';

const inputNamed = (name: string, description: string) =>
  builder.inputType(name, {
    description,
    fields: (t) => ({
      ...sourceField(t),
      ...groupIdField(t),
      accounts: t.idList({ required: true, description: 'The accounts, such as `webui:…`.' }),
      ...writeOptions(t),
    }),
  });

const told =
  'Each account is a field of its own in the payload, `accounts.` and its native id; whom the source does not know it passes over, and that is told.';

defineMutation({
  name: 'addOpenWebUIGroupMembers',
  description: `Puts users of an Open WebUI into a group. ${told}`,
  scope: 'write',
  input: inputNamed('AddOpenWebUIGroupMembersInput', 'Whom to put into which group.'),
  place: (input, context) => onSource(input, context),
  write: ({ groupId, accounts }, place) => ({ groupId, userIds: nativeIds(accounts, place) }),
});

defineMutation({
  name: 'removeOpenWebUIGroupMembers',
  description: `Takes users of an Open WebUI out of a group. ${told}`,
  scope: 'write',
  input: inputNamed('RemoveOpenWebUIGroupMembersInput', 'Whom to take out of which group.'),
  place: (input, context) => onSource(input, context),
  write: ({ groupId, accounts }, place) => ({ groupId, userIds: nativeIds(accounts, place) }),
});

function nativeIds(accounts: readonly string[], { open: { source } }: Place): string[] {
  return accounts.map((text) => {
    const parsed = parseAccountId(text);
    const nativeId = parsed?.source === source.id ? source.canonicalId(parsed.nativeId) : null;
    if (nativeId === null) throw new InputError(`${quote(text)} is no account on ${source.id} (${source.title}).`);
    return nativeId;
  });
}
