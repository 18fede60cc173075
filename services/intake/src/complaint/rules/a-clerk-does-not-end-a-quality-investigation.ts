import type { ClassifyComplaint } from 'aftercare/contracts';
import { refuse, type DecisionContext, type Refusal } from 'aftercare/kernel';
import { mayBy, type PolicySet } from 'aftercare/policy';
import type { OpenComplaint } from '../complaint.js';

/** P000-29: another class ends the investigation and lifts the precautionary stop, so the first taker may not give it alone. */
export function aClerkDoesNotEndAQualityInvestigation(command: ClassifyComplaint, state: OpenComplaint, { actor, policy }: DecisionContext<PolicySet>): Refusal | null {
  const leaves = 'class' in state && state.class === 'product-quality' && command.class !== 'product-quality';
  if (!leaves || mayBy(policy.setting('complaint.reclassification_roles'), actor.role)) return null;
  return refuse('not-your-role', {
    zh: '您的角色无权把投诉移出产品质量类。',
    en: 'Your role may not take a complaint out of the class product-quality.',
  }, { rule: policy.cite('complaint.reclassification_roles').rule, field: 'class' });
}
