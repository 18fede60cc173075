import { refuse, type Actor, type Refusal } from 'aftercare/kernel';
import type { NamedApprover } from './the-band-names-the-approver.js';

/** P001C-25 to P001C-29: the role of the band and no other; a higher role does not silently stand in. */
export function onlyTheNamedApproverDecides({ approver, trace }: NamedApprover, actor: Actor): Refusal | null {
  if (actor.role === `billing.${approver}`) return null;
  return refuse('not-your-role', {
    zh: `该金额须由“${approver}”审批。`, en: `This amount is decided by the role "${approver}".`,
  }, { rule: trace.rule });
}
