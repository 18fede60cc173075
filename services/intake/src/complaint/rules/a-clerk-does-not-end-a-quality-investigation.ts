import type { ClassifyComplaint } from 'aftercare/contracts';
import { refuse, type Actor, type Refusal } from 'aftercare/kernel';
import type { OpenComplaint } from '../complaint.js';

const MAY_END_IT: readonly string[] = ['intake.administrator', 'intake.head'];

/** P000-29: another class ends the investigation and lifts the precautionary stop, so the first taker may not give it alone. */
export function aClerkDoesNotEndAQualityInvestigation(command: ClassifyComplaint, state: OpenComplaint, actor: Actor): Refusal | null {
  const leaves = 'class' in state && state.class === 'product-quality' && command.class !== 'product-quality';
  if (!leaves || MAY_END_IT.includes(actor.role)) return null;
  return refuse('not-your-role', {
    zh: '产品质量投诉改为其他类别须由客服管理员或部门负责人决定。',
    en: 'Only the administrator or the head takes a complaint out of the class product-quality.',
  }, { rule: 'P000-29', field: 'class' });
}
