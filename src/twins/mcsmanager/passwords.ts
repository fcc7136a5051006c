/** 9 to 36 characters, among them a lower-case letter, an upper-case letter and a digit. */
export function isStrong(password: unknown): boolean {
  if (typeof password !== 'string' || password.length < 9 || password.length > 36) return false;
  return /[a-z]/.test(password) && /[A-Z]/.test(password) && /[0-9]/.test(password);
}
