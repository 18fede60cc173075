import { refuse, type Bilingual, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { whyNotAppoint, type PolicySet } from 'aftercare/policy';
import type { DeputyState } from '../deputy.js';

const BECAUSE: Readonly<Record<NonNullable<ReturnType<typeof whyNotAppoint>>, readonly [field: string, message: Bilingual]>> = {
  'not-the-principal': ['forPerson', { zh: '只有本人或管理层可以指定代理。', en: 'Only the principal or management names a deputy.' }],
  'deputy-of-oneself': ['deputy', { zh: '任何人不能指定自己为代理。', en: 'Nobody is made a deputy by himself or for himself.' }],
  'dates-reversed': ['to', { zh: '结束日期早于开始日期。', en: 'It would end before it begins.' }],
  'already-over': ['to', { zh: '代理期已过。', en: 'These dates are over.' }],
  'chain-of-deputies': ['deputy', { zh: '代理人不能再由他人代理。', en: 'Who deputises cannot be deputised for, and who is away cannot deputise.' }],
};

/** P001A-04: deputies with dates, and no way round the separation of duties. */
export function aDeputyIsNamedByThePrincipalOrAbove(
  asked: Omit<Parameters<typeof whyNotAppoint>[0], 'role'> & { readonly role: string }, { deputyships }: DeputyState,
  { actor, policy, now }: DecisionContext<PolicySet>,
): Refusal | null {
  const roster = deputyships.map((one) => ({ ...one, role: `billing.${one.role}` }));
  const why = whyNotAppoint({ ...asked, role: `billing.${asked.role}` }, actor, policy.setting('approval.deputy_overseers'), roster, policy.calendar.localDate(now));
  if (why === null) return null;
  const [field, message] = BECAUSE[why];
  return refuse(why, message, { rule: 'P001A-04', field });
}
