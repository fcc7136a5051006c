import type { PanelUser } from './world.ts';

/** Stands for every key in every read. Written back, it becomes the key. */
export const KEY_MASK = '__MCSM_SECRET_DATA__';

const maskKey = (user: PanelUser): string => (user.apiKey ? KEY_MASK : '');

/** As in a page of the search: with the two-factor secret in the clear. */
export function toListed(user: PanelUser): object {
  return {
    uuid: user.uuid,
    userName: user.userName,
    passWord: '',
    passWordType: user.passWordType,
    salt: '',
    permission: user.permission,
    registerTime: user.registerTime,
    loginTime: user.loginTime,
    instances: user.instances,
    apiKey: maskKey(user),
    isInit: user.isInit,
    secret: user.secret,
    open2FA: user.open2FA,
    ssoSub: user.ssoSub,
    ssoBound: user.ssoBound,
  };
}

export function toSingle(user: PanelUser, instances: readonly object[], token: string): object {
  return {
    uuid: user.uuid,
    userName: user.userName,
    loginTime: user.loginTime,
    registerTime: user.registerTime,
    instances,
    permission: user.permission,
    apiKey: maskKey(user),
    isInit: user.isInit,
    open2FA: user.open2FA,
    token,
  };
}

export function toOverview(user: PanelUser): object {
  return {
    uuid: user.uuid,
    userName: user.userName,
    permission: user.permission,
    instances: user.instances,
    loginTime: user.loginTime,
    // The panel's own slip, kept.
    registerTime: user.loginTime,
  };
}
