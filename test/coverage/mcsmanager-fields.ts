import { alike, at, type Fields, idle, noted, type SdkPage, secret } from './entry.ts';

const account = 'McsManagerAccount';

const password = 'A password, or what is kept of one. The panel sends an empty text in its place.';
const salt = 'Part of a stored password. The panel sends an empty text in its place.';
const twoFactor = 'The two-factor secret, which the panel’s list sends in the clear. It is dropped before anything reads it.';
const apiKey = 'A credential; the panel itself shows a mask. Whether there is one is told.';

const user: Fields = {
  uuid: at(`${account}.nativeId`, `${account}.id`),
  userName: at(`${account}.username`),
  permission: at(`${account}.permission`, `${account}.permissions.role`, `${account}.permissions.nativeRole`),
  registerTime: at(`${account}.registerTime`, `${account}.createdAt`),
  loginTime: at(`${account}.loginTime`, `${account}.lastActiveAt`),
  apiKey: secret(apiKey, `${account}.hasApiKey`),
  open2FA: at(`${account}.open2FA`),
  instances: at(`${account}.instances`),
  'instances[].instanceUuid': at(`${account}.instances.instanceId`),
  'instances[].daemonId': at(`${account}.instances.daemonId`),
  isInit: noted('Deprecated by the SDK, and here.', `${account}.isInit`),
  secret: secret(twoFactor, `${account}.open2FA`),
  passWord: secret(password),
  passWordType: noted('Deprecated by the SDK, and here. Only the panel’s list has it.', `${account}.passWordType`),
  salt: secret(salt),
};

const page = 'Query.mcsManagerAccounts';
const edited = 'UpdateMcsManagerUserInput';
const created = 'CreateMcsManagerUserPayload';

export const mcsManagerPage: SdkPage = {
  title: 'MCSManager',
  about:
    'The page of user models of the panel’s Python SDK. `UserConfig` is the form that its `update` sends. What an instance ' +
    'holds beyond the two ids of a user’s reference stands on another page of that SDK; `Instance` shows what is fit to be shown.',
  models: {
    UserPermission: {
      BANNED: at('Role.BANNED', `${page}(role:)`),
      USER: at('Role.USER', `${page}(role:)`),
      ADMIN: at('Role.ADMIN', `${page}(role:)`),
    },
    UserCreateResult: {
      uuid: at(`${created}.account.nativeId`, `${created}.account.id`),
      userName: at(`${created}.account.username`, 'CreateMcsManagerUserInput.userName'),
      permission: at(`${created}.account.permission`, 'CreateMcsManagerUserInput.permission'),
    },
    UserModel: {
      ...user,
      'delete()': at('Mutation.deleteMcsManagerUsers', 'Mutation.deleteUser'),
      'update()': at('Mutation.updateMcsManagerUser', 'Mutation.setMcsManagerPassword', 'Mutation.setMcsManagerApiKey'),
    },
    SearchUserModel: {
      total: at(`${page}.totalCount`),
      page: noted('Pages are asked for by cursor.', `${page}(after:)`, `${page}.pageInfo.endCursor`),
      page_size: noted('The size that was asked for.', `${page}(first:)`, `${page}(last:)`),
      max_page: noted('Whether another page follows.', `${page}.pageInfo.hasNextPage`),
      data: at(`${page}.edges.node`),
    },
    UserConfig: {
      uuid: at(`${edited}.id`),
      ...alike([edited], 'userName', 'loginTime', 'registerTime', 'open2FA', 'isInit'),
      instances: at(`${edited}.instances`, `${edited}.addInstances`, `${edited}.removeInstances`),
      permission: at(
        `${edited}.permission`,
        `${edited}.role`,
        'BanMcsManagerUserInput.id',
        'UnbanMcsManagerUserInput.permission',
      ),
      passWord: noted('Written and never shown.', 'SetMcsManagerPasswordInput.password', 'CreateMcsManagerUserInput.password'),
      apiKey: noted(
        'A random one is made; a key of one’s own choosing is not taken. The new one is shown to its maker only.',
        'SetMcsManagerApiKeyInput.enabled',
        'SetMcsManagerApiKeyPayload.key',
      ),
      passWordType: idle('The panel ignores it when writing.', `${account}.passWordType`),
      secret: secret(
        'The two-factor secret. Who has it makes the codes, so it is set in the panel by its user alone; here it can be switched off.',
        `${edited}.open2FA`,
        'SetMcsManagerPasswordInput.switchOff2FA',
      ),
      salt: secret(`${salt} When writing it is ignored.`),
    },
    'beyond the page: a row of the panel’s list': alike([account], 'ssoBound'),
    'beyond the page: an instance of a user': {
      ...alike([`${account}.instances`], 'nickname', 'status', 'processType'),
      remarks: at(`${account}.instances.daemonName`),
      endTime: at(`${account}.instances.endsAt`),
      lastDatetime: at(`${account}.instances.lastStartedAt`),
    },
  },
};
