import type { JsonObject } from '../facets.ts';

declare module '../facets.ts' {
  interface Facets {
    bio: string | null;
    userStatus: UserStatus;
    openWebUIDetails: OpenWebUIDetails;
    /** Free JSON about the user; `location` is the one known key. */
    info: JsonObject | null;
    /** Sign-in providers and the subject each knows the user by. */
    oauth: readonly OAuthIdentity[];
    /** Ids of the groups the user is a direct member of, in no order. */
    groupIds: readonly string[];
    groups: readonly OpenWebUIGroupName[];
    /** Keyed by group id. */
    openWebUIGroup: OpenWebUIGroup;
    /** The id is `all`: every group that the credential may see, most recently changed first. */
    openWebUIGroupList: readonly OpenWebUIGroup[];
    /** The id is `all`: what everybody may do before groups add to it. */
    openWebUIDefaultPermissions: PermissionSet;
    /** Keyed by channel id: ids of its members, in no order. */
    channelMembers: readonly string[];
  }
}

export interface UserStatus {
  readonly emoji: string | null;
  readonly message: string | null;
  /** The source never applies it: an expired status stays until it is changed. */
  readonly expiresAt: Date | null;
}

export interface OpenWebUIDetails {
  readonly gender: string | null;
  /** `YYYY-MM-DD`. */
  readonly dateOfBirth: string | null;
  readonly timezone: string | null;
  readonly profileBannerImageUrl: string | null;
  readonly presenceState: string | null;
  readonly username: string | null;
  /** Never changes after creation. */
  readonly updatedAt: Date | null;
  readonly scim: JsonObject | null;
}

export interface OAuthIdentity {
  readonly provider: string;
  readonly subject: string;
}

export interface OpenWebUIGroupName {
  readonly id: string;
  readonly name: string;
}

export interface OpenWebUIGroup extends OpenWebUIGroupName {
  readonly description: string;
  readonly creatorId: string | null;
  /** Null before 0.12, and for a group that stands on its own. */
  readonly parentGroupId: string | null;
  readonly memberCount: number | null;
  readonly permissions: JsonObject | null;
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
}
