import { refuse, type Bilingual, type Refusal } from 'aftercare/kernel';
import type { SigningRefused } from 'aftercare/policy';
import type { AskedSigners } from './the-authority-matrix-names-the-signers.js';

const BECAUSE: Readonly<Record<Exclude<SigningRefused, 'not-a-signer'>, readonly [code: string, message: Bilingual]>> = {
  'requester': ['separation-of-duties', { zh: '申请人不能审批自己的申请。', en: 'Whoever asked for it cannot decide on it.' }],
  'deputy-of-requester': ['separation-of-duties', {
    zh: '申请人不能通过其代理人审批自己的申请。', en: 'Whoever asked for it cannot decide on it through a deputy.',
  }],
  'signed-already': ['signed-already', { zh: '您已签字，不能以另一职务再次签字。', en: 'You have signed already; nobody signs twice, not for two offices either.' }],
  'principal-signed-already': ['signed-already', {
    zh: '该人员已由本人或其代理人签字。', en: 'This person has signed already, in person or through a deputy.',
  }],
  'not-your-turn': ['not-your-turn', { zh: '须按顺序签字，尚未轮到您。', en: 'The signatures have an order; it is not your turn yet.' }],
  'office-signed-already': ['signed-already', {
    zh: '该职务已有人签字，无须再签。', en: 'Somebody of this office has signed already; no further signature of it is asked for.',
  }],
  'deputyship-not-in-force': ['deputyship-not-in-force', {
    zh: '代理不在有效期内。', en: 'You do not deputise for this office today.',
  }],
};

/**
 * P001A-04, P001C-25 to P001C-29: the roles that are named and no other; a higher role does not silently stand in, and a
 * deputy only by an appointment with dates. Separation of duties (OWASP ASVS 5.0, 2.3.5) holds for deputies too.
 */
export function onlyWhoIsAskedSigns(why: SigningRefused, { signers, trace }: AskedSigners): Refusal {
  if (why === 'not-a-signer') {
    const roles = signers.join(', ');
    return refuse('not-your-role', { zh: `该金额须由“${roles}”审批。`, en: `This amount is decided by the role "${roles}".` }, { rule: trace.rule });
  }
  const [code, message] = BECAUSE[why];
  return refuse(code, message, { rule: trace.rule });
}
