import { isFields, pythonRepr } from './bodies.ts';
import { invalidInput } from './refusals.ts';

/** What a PUT on a user may hold once the schema has passed it. */
export interface UserChanges {
  readonly kudos?: number;
  readonly monthly_kudos?: number;
  readonly usage_multiplier?: number;
  readonly moderator?: boolean;
  readonly concurrency?: number;
  readonly worker_invited?: number;
  readonly trusted?: boolean;
  readonly flagged?: boolean;
  readonly customizer?: boolean;
  readonly vpn?: boolean;
  readonly service?: boolean;
  readonly education?: boolean;
  readonly special?: boolean;
  readonly reset_suspicion?: boolean;
  readonly admin_comment?: string;
  readonly public_workers?: boolean;
  readonly username?: string;
  readonly contact?: string;
  readonly generate_proxy_passkey?: boolean;
  readonly undelete?: boolean;
  /** Checked and then never read. */
  readonly filtered?: boolean;
}

interface Rule {
  readonly type: 'number' | 'integer' | 'boolean' | 'string';
  /** Bounds of a number, or of a text's length. */
  readonly least?: number;
  readonly most?: number;
}

/** In the order in which faults are told. */
const rules: Record<keyof UserChanges, Rule> = {
  kudos: { type: 'number' },
  concurrency: { type: 'integer', least: 0, most: 500 },
  usage_multiplier: { type: 'number', least: 0.1, most: 10 },
  worker_invited: { type: 'integer' },
  moderator: { type: 'boolean' },
  public_workers: { type: 'boolean' },
  monthly_kudos: { type: 'integer' },
  username: { type: 'string', least: 3, most: 100 },
  trusted: { type: 'boolean' },
  flagged: { type: 'boolean' },
  customizer: { type: 'boolean' },
  vpn: { type: 'boolean' },
  service: { type: 'boolean' },
  education: { type: 'boolean' },
  special: { type: 'boolean' },
  filtered: { type: 'boolean' },
  reset_suspicion: { type: 'boolean' },
  contact: { type: 'string', least: 5, most: 500 },
  admin_comment: { type: 'string', least: 5, most: 500 },
  generate_proxy_passkey: { type: 'boolean' },
  undelete: { type: 'boolean' },
};

/** Tells all faults together, in the words of Python's jsonschema. Keys it does not know are no fault. */
export function checkUserChanges(body: unknown): UserChanges {
  if (!isFields(body)) throw invalidInput({ '': `${pythonRepr(body)} is not of type 'object'` });
  const errors: Record<string, string> = {};
  for (const [name, rule] of Object.entries(rules)) {
    const fault = name in body ? faultOf(body[name], rule) : undefined;
    if (fault !== undefined) errors[name] = fault;
  }
  if (Object.keys(errors).length > 0) throw invalidInput(errors);
  // Each field named in UserChanges has just been found to be absent or of its type.
  return body as UserChanges;
}

function faultOf(value: unknown, { type, least, most }: Rule): string | undefined {
  const shown = pythonRepr(value);
  if (!isOfType(value, type)) return `${shown} is not of type '${type}'`;
  if (typeof value === 'string') {
    const length = [...value].length;
    if (least !== undefined && length < least) return `${shown} is too short`;
    if (most !== undefined && length > most) return `${shown} is too long`;
  }
  if (typeof value === 'number') {
    if (least !== undefined && value < least) return `${shown} is less than the minimum of ${least}`;
    if (most !== undefined && value > most) return `${shown} is greater than the maximum of ${most}`;
  }
  return undefined;
}

const isOfType = (value: unknown, type: Rule['type']): boolean =>
  type === 'integer' ? Number.isInteger(value) : typeof value === type;
