import type { ApproverRole } from 'aftercare/contracts';
import { cny, refuse, type Money, type Refusal } from 'aftercare/kernel';
import { limitOf, periodOf, type PolicySet } from 'aftercare/policy';

export interface MonthlyLimit {
  readonly person: string;
  /** `YYYY-MM` in the business zone. */
  readonly period: string;
  readonly upTo: Money;
}

/**
 * Whose allowances have to cover a signature. A deputy's draws on that of the person in whose place, otherwise appointing a
 * deputy would double it; and on the deputy's own, otherwise deputising for persons who do not exist would raise it without end.
 */
export function whoseAllowances(signer: string, limit: { readonly person: string } | null): readonly string[] {
  return limit === null ? [] : [...new Set([limit.person, signer])];
}

/** How much this signature has to be covered by, of the person in whose place where there is one; null where the company has no limits. */
export function theAllowanceThatCovers(
  role: ApproverRole, person: string, policy: PolicySet, now: string,
): MonthlyLimit | Refusal | null {
  const limit = limitOf(policy.setting('approval.limit_per_person_month'), `billing.${role}`);
  if (limit.limit !== null) return { person, period: periodOf(policy.calendar, now, 'month'), upTo: cny(limit.limit) };
  if (limit.why === 'none') return null;
  return refuse('limit-undetermined', {
    zh: '公司未规定该职务的审批限额，须由人决定。', en: 'The company has set no limit for this office; a person has to settle it first.',
  }, { rule: policy.cite('approval.limit_per_person_month').rule });
}
