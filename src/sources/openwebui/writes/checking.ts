import { openWebUIRoles } from '../../../domain/accounts/openwebui-writes.ts';
import { type Fault, InvalidInputError } from '../../../writing/refusals.ts';
import { canonicalId } from '../native-id.ts';
import { mask } from '../settings-mask.ts';

// The source stores nearly whatever it is sent, so what would do harm is stopped here. Absence passes every check.

type Text = string | null | undefined;

/** Throws when there is any fault. */
export function demand(...faults: readonly (Fault | undefined)[]): void {
  const found = faults.filter((fault) => fault !== undefined);
  if (found.length > 0) throw new InvalidInputError(found);
}

const faultIf = (isAtFault: boolean, field: string, message: string): Fault | undefined =>
  isAtFault ? { field, message } : undefined;

const fits = (value: Text, test: (text: string) => boolean): boolean => value == null || test(value);

export const checkSome = (wanted: readonly unknown[]): Fault | undefined =>
  faultIf(wanted.length === 0, 'input', 'Name at least one field to change.');

export const checkId = (field: string, id: Text): Fault | undefined =>
  faultIf(!fits(id, (text) => canonicalId(text) !== null), field, 'This cannot be the id of anything on this source.');

export const checkName = (name: Text): Fault | undefined =>
  faultIf(!fits(name, (text) => text.trim() !== ''), 'name', 'It must not be empty.');

export const checkRole = (role: Text): Fault | undefined =>
  faultIf(
    !fits(role, (text) => openWebUIRoles.some((word) => word === text)),
    'role',
    `It is one of ${openWebUIRoles.join(', ')}.`,
  );

export const checkEmail = (email: Text): Fault | undefined =>
  faultIf(
    !fits(email, (text) => text.length <= 320 && /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(text)),
    'email',
    'This is no e-mail address.',
  );

/** What the source's hash takes; it cuts or fails beyond. */
const longestPassword = 72;

export const checkPassword = (field: string, password: Text): Fault | undefined =>
  faultIf(
    !fits(password, (text) => text !== '' && new TextEncoder().encode(text).length <= longestPassword),
    field,
    `It must have between 1 and ${longestPassword} bytes.`,
  );

const safePictures = [
  /^$/,
  /^\/user\.png$/,
  /^(?:\/static)?\/favicon\.png$/,
  /^\/api\/v1\/users\/[^/?#\s]+\/profile\/image$/,
  /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/,
];

/**
 * Early releases store any address and show it to everybody. All of them send whoever looks at the picture on to it, with whatever
 * name and password it has before its host.
 */
export function checkAvatar(url: Text): Fault | undefined {
  if (url == null || safePictures.some((pattern) => pattern.test(url))) return undefined;
  const address = /^https?:\/\/[^/?#\s]+[^\s]*$/i.test(url) ? URL.parse(url) : null;
  const needed = 'It is an http address, a picture of the source’s own, or a data address of a PNG, JPEG, GIF or WebP in base64.';
  if (address === null) return { field: 'avatarUrl', message: needed };
  const published = 'It must hold no name or password: everybody who looks at the picture is given its address.';
  return faultIf(address.username !== '' || address.password !== '', 'avatarUrl', published);
}

export const checkDate = (field: string, date: Text): Fault | undefined =>
  faultIf(
    !fits(date, (text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true),
    field,
    'It is a day, written YYYY-MM-DD.',
  );

/** The source takes any text, which its pages then cannot use. */
export const checkTimezone = (zone: string): Fault | undefined =>
  faultIf(!isTimezone(zone), 'timezone', 'It is an IANA time zone, such as Europe/Stockholm.');

function isTimezone(zone: string): boolean {
  try {
    return zone !== '' && new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** What was read with its secrets masked would, written back, put the masks in their place. */
export const checkUnmasked = (field: string, value: unknown): Fault | undefined =>
  faultIf(holdsMask(value), field, 'It holds what is shown in the place of a secret. Send the secret itself, or leave this out.');

function holdsMask(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(mask);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsMask);
}
