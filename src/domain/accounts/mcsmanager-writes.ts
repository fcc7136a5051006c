import type { Role } from '../facets.ts';
import type { InstanceRef } from './mcsmanager.ts';

declare module '../writes.ts' {
  interface Writes {
    createMcsManagerUser: McsManagerNewUser;
    updateMcsManagerUser: McsManagerUserUpdate;
    setMcsManagerPassword: McsManagerPassword;
    setMcsManagerApiKey: McsManagerApiKey;
    banMcsManagerUser: { readonly nativeId: string };
    unbanMcsManagerUser: McsManagerUnban;
  }
}

/** A field that is absent or null stays as the panel would have it. */
export interface McsManagerNewUser {
  readonly userName: string;
  readonly password: string;
  readonly permission?: number | null | undefined;
  readonly role?: Role | null | undefined;
  readonly instances?: readonly InstanceRef[] | null | undefined;
}

/** A field that is absent or null is left alone. */
export interface McsManagerUserUpdate extends McsManagerUserFields {
  readonly nativeId: string;
  readonly addInstances?: readonly InstanceRef[] | null | undefined;
  readonly removeInstances?: readonly InstanceRef[] | null | undefined;
  readonly ssoSub?: string | null | undefined;
  /** What the caller takes the fields to be now, be they changed or not. */
  readonly ifUnchanged?: McsManagerUserFields | null | undefined;
}

export interface McsManagerUserFields {
  readonly userName?: string | null | undefined;
  /** In place of `role`, where the exact number matters. */
  readonly permission?: number | null | undefined;
  readonly role?: Role | null | undefined;
  readonly instances?: readonly InstanceRef[] | null | undefined;
  readonly open2FA?: boolean | null | undefined;
  readonly isInit?: boolean | null | undefined;
  readonly ssoBound?: boolean | null | undefined;
  /** As the panel is to keep it: a text in its own way of writing dates. */
  readonly registerTime?: string | null | undefined;
  readonly loginTime?: string | null | undefined;
}

export interface McsManagerPassword {
  readonly nativeId: string;
  readonly password: string;
  /** Agreed that two-factor sign-in goes, as it does when an administrator sets a password. */
  readonly switchOff2FA?: boolean | null | undefined;
}

export interface McsManagerApiKey {
  readonly nativeId: string;
  readonly enabled: boolean;
}

export interface McsManagerUnban {
  readonly nativeId: string;
  readonly permission?: number | null | undefined;
}
