/** A release of Open WebUI, such as `0.11.0`. */
export type Release = `${number}.${number}.${number}`;

/** What a release can do, or does differently from those before it. */
export type Capabilities = Readonly<Record<keyof typeof began | keyof typeof beganAbout, boolean>>;

export function capabilitiesOf(release: Release): Capabilities {
  const reached = Object.entries({ ...began, ...beganAbout }).map(([name, first]) => [name, isAtLeast(release, first)]);
  // The entries come from the two tables whose keys make up the type.
  return Object.fromEntries(reached) as Capabilities;
}

export function isAtLeast(release: Release, first: Release): boolean {
  const [a, b] = [toNumbers(release), toNumbers(first)];
  for (const place of [0, 1, 2]) {
    const difference = (a[place] ?? 0) - (b[place] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

const toNumbers = (release: Release): number[] => release.split('.').map(Number);

const began = {
  listIsUnordered: '0.7.0',
  groupIdsInOneQuery: '0.7.0',
  userStatusSwitch: '0.7.0',
  timezone: '0.7.0',
  recordForAdminsOnly: '0.8.0',
  userInfo: '0.8.0',
  groupInfo: '0.8.0',
  slimRowExtras: '0.8.0',
  pictureAddressChecked: '0.8.0',
  signupRefusesInPlainWords: '0.8.0',
  scim: '0.8.3',
  pictureNeverNull: '0.8.3',
  apiKeyHeader: '0.8.5',
  groupsStartSharedWithMembers: '0.8.8',
  accessGrants: '0.8.8',
  adminMintsFreely: '0.8.11',
  readiness: '0.8.11',
  partialUserUpdate: '0.9.0',
  sharedChatIdsGone: '0.9.0',
  keyPathsCheckedOnRoutes: '0.9.0',
  addedTokensExpire: '0.9.0',
  primaryAdminForbidden: '0.9.2',
  sessionByCookie: '0.9.2',
  signoutByPost: '0.9.5',
  previews: '0.9.6',
  firstAdminAlwaysSignsUp: '0.9.6',
  settingsNeedPermission: '0.10.0',
  channelMembersSlim: '0.10.0',
  keyReadingNeedsPermission: '0.10.0',
  groupErrorsUnwrapped: '0.10.0',
  builtInPermissionsRoute: '0.10.0',
  variables: '0.11.0',
  usage: '0.11.0',
  webhookGate: '0.11.0',
  nestedGroups: '0.12.0',
  unknownGroupIs404: '0.12.0',
  multiFactor: '0.12.0',
  userInfoTellsTimes: '0.12.0',
} as const satisfies Record<string, Release>;

/** Known to differ between 0.6.42 and 0.11.0. Where exactly it changed is not known; the release here is a guess. */
const beganAbout = {
  emptyGroupExports: '0.7.0',
  statusAlwaysAnswersUser: '0.7.0',
  fineProcessTime: '0.7.0',
  longPasswordIs400: '0.8.0',
  pictureTypeIsReal: '0.8.0',
  sessionTellsPictureRoute: '0.8.3',
  strictAuthorizationHeader: '0.8.5',
  shareReplacesMembership: '0.8.8',
  channelsSayDisabled: '0.9.0',
  nullInterfaceSettingsKept: '0.10.0',
  newerServerSwitches: '0.10.0',
} as const satisfies Record<string, Release>;
