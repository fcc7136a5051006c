import type { JsonObject } from '../facets.ts';

// What is absent is left as it is. Null takes a value away where there can be none, and is as good as absent where there cannot.

declare module '../writes.ts' {
  interface Writes {
    addOpenWebUIUser: AddOpenWebUIUser;
    updateOpenWebUIUser: UpdateOpenWebUIUser;
    setOpenWebUIRole: SetOpenWebUIRole;
    deleteOpenWebUIUser: { readonly nativeId: string };
    updateOpenWebUIDefaultPermissions: { readonly grants: readonly WantedGrant[] };
    createOpenWebUIGroup: CreateOpenWebUIGroup;
    updateOpenWebUIGroup: UpdateOpenWebUIGroup;
    deleteOpenWebUIGroup: { readonly groupId: string };
    addOpenWebUIGroupMembers: OpenWebUIGroupMembers;
    removeOpenWebUIGroupMembers: OpenWebUIGroupMembers;
    updateOpenWebUIProfile: UpdateOpenWebUIProfile;
    updateOpenWebUISettings: UpdateOpenWebUISettings;
    updateOpenWebUIInfo: UpdateOpenWebUIInfo;
    setOpenWebUIStatus: SetOpenWebUIStatus;
    setOpenWebUITimezone: { readonly timezone: string };
    changeOpenWebUIPassword: ChangeOpenWebUIPassword;
    createOpenWebUIApiKey: Nothing;
    deleteOpenWebUIApiKey: Nothing;
  }
}

type Maybe<Value> = Value | null | undefined;
/** The whole input of what needs none. */
type Nothing = Readonly<Record<string, never>>;

/** The three words that every release understands. */
export const openWebUIRoles = ['admin', 'user', 'pending'] as const;

export interface AddOpenWebUIUser {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** `pending` unless told. */
  readonly role?: Maybe<string>;
  readonly avatarUrl?: Maybe<string>;
}

interface UserValues {
  readonly name?: Maybe<string>;
  readonly email?: Maybe<string>;
  readonly role?: Maybe<string>;
  /** Null: the picture that everybody starts with. */
  readonly avatarUrl?: Maybe<string>;
}

export interface UpdateOpenWebUIUser extends UserValues {
  readonly nativeId: string;
  readonly password?: Maybe<string>;
  /** What the caller takes the fields to be now, be they changed or not. */
  readonly ifUnchanged?: Maybe<UserValues>;
}

export interface SetOpenWebUIRole {
  readonly nativeId: string;
  readonly role: string;
  readonly expectedRole?: Maybe<string>;
}

/** One permission by its section and key, as the source names them. */
export interface WantedGrant {
  readonly section: string;
  readonly key: string;
  readonly allowed: boolean;
  readonly expected?: Maybe<boolean>;
}

export interface CreateOpenWebUIGroup {
  readonly name: string;
  readonly description?: Maybe<string>;
  /** Sections of keys, each true or false. */
  readonly permissions?: Maybe<JsonObject>;
  readonly parentGroupId?: Maybe<string>;
}

export interface UpdateOpenWebUIGroup {
  readonly groupId: string;
  readonly name?: Maybe<string>;
  readonly description?: Maybe<string>;
  readonly permissions?: Maybe<JsonObject>;
  /** Must be told where `permissions` is. In a merge, null takes a key out. */
  readonly permissionsMode?: Maybe<'MERGE' | 'REPLACE'>;
  /** Null: a group that stands on its own. */
  readonly parentGroupId?: Maybe<string>;
  readonly ifUnchanged?: Maybe<{
    readonly name?: Maybe<string>;
    readonly description?: Maybe<string>;
    readonly permissions?: Maybe<JsonObject>;
    readonly parentGroupId?: Maybe<string>;
  }>;
}

export interface OpenWebUIGroupMembers {
  readonly groupId: string;
  readonly userIds: readonly string[];
}

export interface ProfileValues {
  readonly name?: Maybe<string>;
  readonly avatarUrl?: Maybe<string>;
  readonly bio?: Maybe<string>;
  readonly gender?: Maybe<string>;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth?: Maybe<string>;
}

export interface UpdateOpenWebUIProfile extends ProfileValues {
  readonly ifUnchanged?: Maybe<ProfileValues>;
}

export interface UpdateOpenWebUISettings {
  /** Keys of `ui` with their new values; null takes a key out. */
  readonly ui: JsonObject;
  /** Keys of `ui` as they were read, secrets masked. */
  readonly ifUnchanged?: Maybe<JsonObject>;
}

export interface UpdateOpenWebUIInfo {
  /** Keys with their new values; the source keeps a key that is set to null. */
  readonly info: JsonObject;
  readonly ifUnchanged?: Maybe<JsonObject>;
}

export interface SetOpenWebUIStatus {
  readonly emoji?: Maybe<string>;
  readonly message?: Maybe<string>;
  /** ISO 8601; kept to the second. */
  readonly expiresAt?: Maybe<string>;
}

export interface ChangeOpenWebUIPassword {
  readonly currentPassword: string;
  readonly newPassword: string;
}
