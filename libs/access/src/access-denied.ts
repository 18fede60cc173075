import type { Bilingual } from 'aftercare/kernel';

export type DenialCode = 'token-missing' | 'token-invalid' | 'token-expired' | 'role-not-permitted' | 'no-permission-declared';

const DENIALS: Readonly<Record<DenialCode, { readonly status: 401 | 403; readonly message: Bilingual }>> = {
  'token-missing': { status: 401, message: { zh: '请求没有附带访问令牌。', en: 'The request carries no access token.' } },
  'token-invalid': { status: 401, message: { zh: '访问令牌无效。', en: 'The access token is not valid.' } },
  'token-expired': { status: 401, message: { zh: '访问令牌已过期。', en: 'The access token has expired.' } },
  'role-not-permitted': { status: 403, message: { zh: '您的角色不能执行此操作。', en: 'None of your roles permits this.' } },
  'no-permission-declared': { status: 403, message: { zh: '此接口没有声明权限，因此关闭。', en: 'This route declares no permission and is therefore closed.' } },
};

/** The door stays closed. The text never says which check a forged token failed: that would help the next attempt. */
export class AccessDenied extends Error {
  override readonly name = 'AccessDenied';
  readonly status: 401 | 403;
  readonly bilingual: Bilingual;

  constructor(readonly code: DenialCode) {
    super(DENIALS[code].message.en);
    this.status = DENIALS[code].status;
    this.bilingual = DENIALS[code].message;
  }
}
