import { MINIMUM_ELEMENTS, type MinimumElement, type ReactionReportEvent, type RegisterReaction } from 'aftercare/contracts';
import type { Elements } from '../reaction-report.js';

type Told = Pick<RegisterReaction, 'subject' | 'customerId' | 'goods' | 'notKnown' | 'description' | 'reactionTerm'>;

/**
 * A complaint has a complainant, who tells, and its data subject is taken for the person who was harmed unless `notKnown`
 * says otherwise. A name that the customer could not state identifies nothing.
 */
function isKnown(element: MinimumElement, { subject, customerId, goods, notKnown, description, reactionTerm }: Told): boolean {
  if (notKnown.includes(element)) return false;
  switch (element) {
    case 'patient': return subject !== '';
    case 'reporter': return subject !== '' || customerId !== null;
    case 'product': return goods !== null && (goods.productName !== null || goods.productCode !== null)
      && ![...notKnown, ...goods.notKnown].includes('productName');
    case 'reaction': return Boolean(description) || Boolean(reactionTerm);
  }
}

/**
 * Good pharmacovigilance practice counts from the day on which all four were known, which may be later than awareness.
 * What was known once is not forgotten when the complaint is classified again with less.
 */
export function dayZeroNeedsFourElements(told: Told, before: Elements | null, at: { readonly caseId: string; readonly round: number; readonly since: string }): ReactionReportEvent[] {
  const asked = before === null ? MINIMUM_ELEMENTS : before.missing;
  const missing = asked.filter((element) => !isKnown(element, told));
  if (before !== null && missing.length === before.missing.length) return [];
  const { caseId, round, since } = at;
  return [{ type: 'MinimumElementsNoted', data: { caseId, round, missing, completeAt: missing.length === 0 ? since : null } }];
}
