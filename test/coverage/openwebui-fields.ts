import { alike, at, type Fields, noted, type SdkPage, secret, under } from './entry.ts';
import { permissionModels } from './openwebui-permission-fields.ts';
import { settings } from './openwebui-settings-fields.ts';

const account = 'OpenWebUIAccount';
const list = 'Query.openWebUIAccounts';

const basics = {
  id: at(`${account}.nativeId`, `${account}.id`),
  name: at(`${account}.name`, `${account}.displayName`),
  email: at(`${account}.email`),
  role: at(`${account}.role`, `${account}.permissions.role`),
} as const satisfies Fields;

const status: Fields = {
  status_emoji: at(`${account}.status.emoji`),
  status_message: at(`${account}.status.message`),
  status_expires_at: at(`${account}.status.expiresAt`),
};

const picture: Fields = { profile_image_url: at(`${account}.avatarUrl`, 'User.avatarUrl') };
const groups: Fields = { groups: at(`${account}.groups.id`, `${account}.groups.name`) };
const activity: Fields = { is_active: at(`${account}.isActive`, 'User.isActive') };
const page: Fields = { users: at(`${list}.edges.node`), total: at(`${list}.totalCount`) };

const user: Fields = {
  ...basics,
  username: noted('No release writes one.', `${account}.storedUsername`),
  ...picture,
  profile_banner_image_url: noted('No release writes one.', `${account}.profileBannerImageUrl`),
  ...alike([account], 'bio', 'gender', 'date_of_birth', 'timezone', 'presence_state'),
  ...status,
  info: at(`${account}.info`),
  'info.location': at(`${account}.location`),
  settings: at(`${account}.settings`),
  oauth: at(`${account}.oauth`),
  ...under([`${account}.oauth`], { 'oauth.google': 'provider', 'oauth.github': 'provider', 'oauth.microsoft': 'provider' }),
  ...under([`${account}.oauth`], { 'oauth.oidc': 'provider', 'oauth.feishu': 'provider', 'oauth.*.sub': 'subject' }),
  last_active_at: at(`${account}.lastActiveAt`),
  updated_at: noted('The server never changes it after creation; deprecated here for that reason.', `${account}.updatedAt`),
  created_at: at(`${account}.createdAt`),
};

const ownProfile = 'UpdateOpenWebUIProfileInput';
const edited = 'UpdateOpenWebUIUserInput';

const profile: Fields = {
  profile_image_url: at(`${ownProfile}.avatarUrl`),
  ...alike([ownProfile], 'name', 'bio', 'gender', 'date_of_birth'),
};

export const openWebUIPage: SdkPage = {
  title: 'Open WebUI',
  about:
    'The page of user models of `owui-client`. Where it names a class without its fields, they are those that releases 0.6.42 to ' +
    '0.11.0 send. A model that the server uses for several routes is listed once.',
  models: {
    UpdateProfileForm: profile,
    UserSettings: settings,
    UserModel: user,
    UserGroupIdsModel: { ...user, group_ids: at(`${account}.groupIds`) },
    UserGroupIdsListResponse: page,
    UserModelResponse: { ...user, ...activity },
    UserListResponse: {
      users: at('Query.openWebUIChannelMembers'),
      total: noted('The members come whole, so their number is the list’s.', 'Query.openWebUIChannelMembers'),
    },
    UserStatus: status,
    UserInfoResponse: { ...status, ...basics, ...alike([account], 'bio'), ...groups, ...activity },
    UserInfoListResponse: { users: at(`${list}.edges.node`, 'Query.searchUsers.users.openWebUI'), total: page.total ?? at() },
    ActiveUsersResponse: {
      user_ids: noted('The server’s route is gone since 0.6.41. Each account says whether it is active.', `${account}.isActive`),
    },
    UserActiveResponse: {
      ...status,
      name: basics.name,
      ...picture,
      ...groups,
      ...activity,
      'any other field of UserModel': noted(
        'The server sends them all, though the model does not declare them.',
        'Query.user.openWebUI',
      ),
    },
    UserIdNameResponse: { id: basics.id, name: basics.name },
    UserIdNameStatusResponse: { ...status, id: basics.id, name: basics.name, ...activity },
    UserIdNameListResponse: page,
    UserNameResponse: { id: basics.id, name: basics.name, role: basics.role },
    UserProfileImageResponse: { ...basics, ...picture },
    ...permissionModels,
    UserResponse: basics,
    UserUpdateForm: {
      role: at(`${edited}.role`, 'SetOpenWebUIRoleInput.role'),
      ...alike([edited], 'name', 'email'),
      profile_image_url: at(`${edited}.avatarUrl`),
      password: noted('Written and never shown.', `${edited}.password`, 'ChangeOpenWebUIPasswordInput.newPassword'),
    },
    'beyond the page: UserModel': {
      scim: noted('From release 0.8.3.', `${account}.scim`),
      api_key: secret('A credential. The SDK’s source still has the field; no server since 0.6.41 sends it.'),
      oauth_sub: noted(
        'The SDK’s source still has the field; `oauth` took its place on the server in 0.6.41.',
        `${account}.oauth.subject`,
      ),
    },
    'beyond the page: GroupResponse': {
      ...alike([`${account}.groups`, 'Query.openWebUIGroups'], 'id', 'name', 'description', 'permissions', 'member_count'),
      ...alike([`${account}.groups`, 'Query.openWebUIGroups'], 'parent_group_id', 'created_at', 'updated_at'),
      user_id: at(`${account}.groups.creatorId`),
    },
  },
};
