import { refuse, type Actor, type Refusal } from 'aftercare/kernel';

/**
 * Separation of duties (OWASP ASVS 5.0, 2.3.5): who asked for money neither checks, decides nor appoints the one
 * who decides. P001C-06 has the price drafted by one, P001C-24 to P001C-26 checked and approved by others.
 */
export function twoPeopleAskAndDecide(requester: string, actor: Actor, cited: { readonly rule: string }): Refusal | null {
  if (actor.id !== requester) return null;
  return refuse('separation-of-duties', {
    zh: '申请人不能审批自己的申请。', en: 'Whoever asked for it cannot decide on it.',
  }, cited);
}
