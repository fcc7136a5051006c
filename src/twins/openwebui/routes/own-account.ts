import { forVerified, type Route } from '../call.ts';
import { object } from '../fields.ts';
import { effectivePermissions } from '../permissions.ts';
import { readFlag, readNumber } from '../query.ts';
import { Refusal } from '../refusal.ts';
import { groupModel, groupsByNewest } from '../render-group.ts';
import { json } from '../replies.ts';
import { readForm } from '../validation.ts';

/** What the session user can ask about themselves: groups, permissions, variables, usage. */
export const ownAccountRoutes: readonly Route[] = [
  forVerified('GET', '/api/v1/users/groups', ({ state: { world }, caller: { user }, request }) => {
    const own = groupsByNewest(world, user.id);
    const direct = own.map((group) => groupModel(group, world));
    if (!world.can.nestedGroups || readFlag(request.query, 'include_inherited') !== true) return json(direct);
    const inherited = world.groups.ancestorsOf(own).map((group) => groupModel(group, world));
    const mark = (membership_type: string) => (group: object) => ({ ...group, membership_type });
    return json([...direct.map(mark('direct')), ...inherited.map(mark('inherited'))]);
  }),
  forVerified('GET', '/api/v1/users/permissions', ({ state: { world }, caller }) =>
    json(effectivePermissions(world, caller.user.id)),
  ),
  forVerified(
    'GET',
    '/api/v1/users/user/variables',
    ({ state: { world }, caller }) => json({ variables: world.variables.get(caller.user.id) ?? {} }),
    (can) => can.variables,
  ),
  forVerified(
    'POST',
    '/api/v1/users/user/variables/update',
    ({ state: { world }, caller, request }) => {
      const variables = checkVariables(readForm(request.body, { variables: { ...object, absent: { value: {} } } }).variables);
      world.variables.set(caller.user.id, variables);
      return json({ variables });
    },
    (can) => can.variables,
  ),
  forVerified(
    'GET',
    '/api/v1/users/usage',
    ({ state, request: { query } }) => {
      const days = readNumber(query, 'days', { least: 7, most: 732 }) ?? 365;
      const end = readNumber(query, 'end_date') ?? state.seconds();
      return json(unused(readNumber(query, 'start_date') ?? end - days * 86_400, end));
    },
    (can) => can.usage,
  ),
];

function checkVariables(variables: object): Record<string, string> {
  const checked: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Refusal(400, `Invalid variable name: ${name}`);
    if (typeof value !== 'string') throw new Refusal(400, `Invalid value of variable: ${name}`);
    if (value.length > 20_000) throw new Refusal(400, `Value too long: ${name}`);
    checked[name] = value;
  }
  if (JSON.stringify(checked).length > 100_000) throw new Refusal(400, 'Variables are too large');
  return checked;
}

/** The twin holds no chats, so nobody has used anything. */
const unused = (start_date: number, end_date: number) => ({
  totals: zeros(
    'lifetime_tokens input_tokens output_tokens peak_daily_tokens longest_chat_seconds current_streak longest_streak ' +
      'total_chats active_days models_used messages user_messages assistant_messages',
  ),
  heatmap: [],
  weekly_heatmap: [],
  cumulative_heatmap: [],
  insights: {
    most_used_model: null,
    ...zeros('average_tokens_per_chat average_messages_per_active_day user_message_share assistant_message_share'),
  },
  top_models: [],
  top_tools: [],
  period: { start_date, end_date, days: Math.ceil((end_date - start_date) / 86_400) },
});

const zeros = (names: string) => Object.fromEntries(names.split(' ').map((name) => [name, 0]));
