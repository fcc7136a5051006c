import type { AimedMutation } from './aiming.ts';
import type { Told, ToldField } from './telling.ts';
import { agrees, type Truth } from './twin-truth.ts';

/** All that is needed to tell whether what was told of a mutation is true. */
export interface Circumstances {
  readonly mutation: AimedMutation;
  readonly truth: Truth;
  /** What its fields were before. */
  readonly before: ReadonlyMap<string, unknown>;
  readonly dryRun: boolean;
  /** Whether a fault struck one of its requests; and whether it was a made-up yes, past which a password cannot be looked at. */
  readonly struck: boolean;
  readonly lied: boolean;
  /** The field that somebody else wrote meanwhile. */
  readonly meddled?: string | undefined;
}

/** What is not true of it, each in a sentence. */
export function untruths(told: Told, circumstances: Circumstances): string[] {
  const { struck, mutation } = circumstances;
  const wrong = told.fields.flatMap((field) => untruthOf(field, circumstances));
  const kinds = told.errors.map(({ __typename }) => __typename);
  const isUnknown = kinds.includes('UnknownOutcome');
  if (isUnknown && !struck) wrong.push('unknown, and no fault struck');
  const verdicts = new Set(told.fields.map(({ verdict }) => verdict));
  // What was made is there to be seen; that it came of this write is what nobody can tell then.
  const isOfUnknownOrigin = isUnknown && mutation.name.startsWith('create');
  if (verdicts.has('UNKNOWN') !== isUnknown && !isOfUnknownOrigin) wrong.push('UNKNOWN and UnknownOutcome do not go together');
  if (told.errors.length === 0 && (verdicts.has('NOT_APPLIED') || verdicts.has('NOT_SENT'))) wrong.push('success with drift');
  if (told.sent) wrong.push(...untruthsOfTheWhole(told, circumstances));
  const about = `${mutation.name} ${JSON.stringify(mutation.input)}${told.accountId === undefined ? '' : ` of ${told.accountId}`}`;
  return wrong.map((sentence) => `${about}: ${sentence}; told ${JSON.stringify(told)}`);
}

function untruthOf(field: ToldField, { mutation, truth, before, dryRun, struck, lied }: Circumstances): string[] {
  const { name, requested, verdict } = field;
  const now = truth(name);
  const is = isMet(mutation, field, now);
  const was = isMet(mutation, field, before.get(name));
  const unchanged = agrees(now, before.get(name));
  const fitting: Readonly<Record<string, boolean>> = {
    APPLIED: is && !dryRun && (requested === '[secret]' || agrees(now, field.after)),
    UNCHANGED: is && was,
    // A password that was refused may have been the one that is set already.
    NOT_APPLIED: !is || (requested === '[secret]' && was),
    ACCEPTED: is || lied,
    UNKNOWN: struck,
    WOULD_CHANGE: dryRun && unchanged,
    NOT_SENT: unchanged,
  };
  return fitting[verdict] === true ? [] : [`${name} is told as ${verdict}, and is ${JSON.stringify(now)}`];
}

/** Whether that is what the mutation is for. Who is shut out already, or let in, is left as they are. */
function isMet({ name: mutation }: AimedMutation, { name, requested }: ToldField, value: unknown): boolean {
  const isLetIn = name === 'permission' ? Number(value) >= 0 : value === 'user' || value === 'admin';
  if (mutation === 'banUser' && name === 'role') return value !== undefined && !isLetIn;
  if (mutation.startsWith('unban') && name !== 'flagged') return value !== undefined && isLetIn;
  return agrees(value, requested);
}

/** What was half done is told with just the fields that were and were not, and what was wholly done is no failure. */
function untruthsOfTheWhole({ fields, errors }: Told, { mutation, truth, before, lied, meddled }: Circumstances): string[] {
  if (lied && fields.some(({ verdict }) => verdict === 'ACCEPTED')) return [];
  const sent = fields.filter(({ verdict }) => verdict !== 'UNCHANGED');
  const [done, missing] = [true, false].map((applied) =>
    sent.filter((field) => isMet(mutation, field, truth(field.name)) === applied).map(({ name }) => name),
  );
  if (done === undefined || missing === undefined) return [];
  const unknownOutcome = errors.find(({ __typename }) => __typename === 'UnknownOutcome');
  const unknown = unknownOutcome?.unknown ?? [];
  const isOfUnknownOrigin = unknownOutcome !== undefined && mutation.name.startsWith('create');
  const partly = errors.find(({ __typename }) => __typename === 'PartlyApplied');
  const without = (names: readonly string[]): string[] => names.filter((name) => !unknown.includes(name));
  const moved = done.some((name) => !agrees(before.get(name), truth(name)));
  const wrong: string[] = [];
  // What somebody else did to the rest of it is told, and is no failure.
  const failures = errors.filter(({ __typename }) => meddled === undefined || __typename !== 'Conflict');
  if (missing.length === 0 && moved && failures.length > 0 && unknown.length === 0 && !isOfUnknownOrigin)
    wrong.push('a failure, and all of it was done');
  if (missing.length > 0 && errors.length === 0) wrong.push(`a success, and ${missing} is missing`);
  if (missing.length > 0 && moved && unknown.length === 0 && partly === undefined) wrong.push('half done, and not told as such');
  if (partly !== undefined && !agrees(partly.applied, without(done))) wrong.push(`applied is ${without(done)}`);
  if (partly !== undefined && !agrees(partly.missing, without(missing))) wrong.push(`missing is ${without(missing)}`);
  return wrong;
}

/** What was sent although the caller's expectation did not hold, or refused although it did. */
export function expectationsMissed(told: Told, { mutation, before, struck, meddled }: Circumstances): string[] {
  const expected = Object.entries(mutation.input['ifUnchanged'] ?? {});
  if (expected.length === 0) return [];
  const holds = expected.every(([name, value]) => agrees(before.get(name), value));
  if (!holds && told.sent) return ['sent over what the caller did not expect'];
  if (!holds && told.errors.length === 0) return ['a success, where the caller expected something else to be there'];
  const isRefused = told.errors.some(({ message }) => message.startsWith('Changed meanwhile'));
  return holds && isRefused && !struck && meddled === undefined ? ['refused for an expectation that held'] : [];
}

/** Every name that a payload may call a field of this mutation. */
export function fieldNames({ input }: AimedMutation): string[] {
  const { grants, accounts, ui, info, ifUnchanged, permissions } = input;
  return [
    ...Object.keys(input),
    ...Object.keys(ui ?? {}).map((key) => `ui.${key}`),
    ...Object.keys(ifUnchanged ?? {}),
    ...Object.entries(permissions ?? {}).flatMap(([section, keys]) =>
      Object.keys(keys ?? {}).map((key) => `permissions.${section}.${key}`),
    ),
    ...['enabled', 'key', 'created'],
    ...Object.keys(info ?? {}).map((key) => `info.${key}`),
    ...['permission', 'role', 'flagged', 'open2FA', 'deleted', 'markedForDeletion', 'undelete', 'to', 'amount'],
    // As they were drawn.
    ...(Array.isArray(grants) ? grants.map(({ section, key }: { section: string; key: string }) => `${section}.${key}`) : []),
    ...(Array.isArray(accounts) ? accounts.map((id: string) => `accounts.${id.slice('webui:'.length)}`) : []),
  ];
}
