export type Language = 'en_us' | 'zh_cn';

/** The panel's fixed sentences, exactly as sent. Those of the validator and of raw exceptions are English in every language. */
const english = {
  wrongKey: 'Incorrect key',
  keysOff: 'API key creation feature is not enabled',
  notAjax: 'Unable to find the request header: x-requested-with: xmlhttprequest',
  wrongToken: 'Token validation failed, access denied',
  forbidden: 'Insufficient Permissions',
  tooFast: 'Too many requests, please try again later',
  nameTaken: 'Username is already in use',
  invalidPassword: 'Invalid Password Format',
  weakPassword:
    'Invalid password. It must contain uppercase and lowercase letters, numbers, and have a length between 9 and 36 characters',
  cannotDelete: 'Unable to delete user data',
  installed: 'Admin account has already been created and cannot be recreated',
  unknownName: 'Incorrect Username or Password',
  // Known to differ from the one above; the wording is ours.
  wrongPassword: 'Wrong account or password',
  addressBanned: 'Too many attempts, your IP address has been banned for 10 minutes',
  noSuchDaemon: 'Initialization failed, the remote node does not exist!',
  daemonAway:
    'The remote node is unavailable! \nPlease contact the administrator to go to the node list to check the status of the remote node! IP: {ip}',
  // Seen only as a delay and an empty list; the wording is ours.
  daemonSilent: 'The remote node did not answer in time {ip}',
  noSuchInstance: 'The operation failed, the instance {uuid} does not exist.',
};

export type SentenceKey = keyof typeof english;

const chinese: Partial<Record<SentenceKey, string>> = {
  wrongKey: '密钥不正确',
  notAjax: '无法找到请求头 x-requested-with: xmlhttprequest',
  wrongToken: '令牌(Token)验证失败，拒绝访问',
  forbidden: '权限不足',
  tooFast: '请求速度过快，请稍后再进行操作',
  nameTaken: '用户名已经被占用',
  invalidPassword: '非法的密码格式',
  weakPassword: '密码不规范，必须为拥有大小写字母，数字，长度在9到36之间',
  cannotDelete: '无法完成用户数据删除',
  installed: '管理员账号已经创建，不可重复创建',
  unknownName: '账号或密码错误',
  addressBanned: '身份验证次数过多，您的 IP 地址已被锁定 10 分钟',
};

/** A sentence in the panel's language; English where we do not know the other one. */
export function sentence(language: Language, key: SentenceKey, values: Readonly<Record<string, string>> = {}): string {
  const text = (language === 'zh_cn' ? chinese[key] : undefined) ?? english[key];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
