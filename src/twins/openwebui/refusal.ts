import type { ValidationFault } from './validation.ts';

/** An answer that is an error the real server means to give: `{"detail": …}`. */
export class Refusal extends Error {
  readonly status: number;
  readonly detail: string | readonly ValidationFault[];

  constructor(status: number, detail: string | readonly ValidationFault[]) {
    super(typeof detail === 'string' ? detail : 'The request is not valid.');
    this.status = status;
    this.detail = detail;
  }
}

/** Something the real server did not foresee: plain text, status 500, and the connection closes. */
export class Unhandled extends Error {}

/** The server's own words, which clients compare with. */
export const says = {
  somethingWrong: 'Something went wrong :/',
  notFound: "We could not find what you're looking for :/",
  notAuthenticated: 'Not authenticated',
  unauthorized: '401 Unauthorized',
  invalidToken: 'Your session has expired or the token is invalid. Please sign in again.',
  accessProhibited: 'You do not have permission to access this resource. Please contact your administrator for assistance.',
  actionProhibited: 'The requested action has been restricted as a security measure.',
  primaryAdminUnclear: 'Could not verify primary admin status.',
  wrongCredentials: 'The email or password provided is incorrect. Please check for typos and try logging in again.',
  wrongPassword: 'The password provided is incorrect. Please check for typos and try again.',
  longPassword: 'Uh-oh! The password you entered is too long. Please make sure your password is less than 72 bytes long.',
  emailTaken:
    'Uh-oh! This email is already registered. Sign in with your existing account or choose another email to start anew.',
  emailFormat:
    "The email format you entered is invalid. Please double-check and make sure you're using a valid email address (e.g., yourname@example.com).",
  rateLimited: 'API rate limit exceeded',
  signupFailed: 'An internal error occurred during signup.',
  addingFailed: 'An internal error occurred while adding the user.',
  keyMissing:
    "Oops! It looks like there's a hiccup. The API key is missing. Please make sure to provide a valid API key to access this feature.",
  keysOff: 'Use of API key is not enabled in the environment.',
  keyCreationRefused: 'API key creation is not allowed in the environment.',
  keyNotForThisPath: 'API key not allowed to access this endpoint.',
} as const;
