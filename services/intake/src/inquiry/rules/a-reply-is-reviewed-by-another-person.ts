import { refuse, type Actor, type Refusal } from 'aftercare/kernel';

/** P000-25: accuracy and company policy are checked by somebody who did not write the reply. */
export function aReplyIsReviewedByAnotherPerson(author: string, reviewer: Actor): Refusal | null {
  if (author !== reviewer.id) return null;
  return refuse('separation-of-duties', { zh: '回复不能由起草人自己审核。', en: 'A reply is not reviewed by its own author.' }, { rule: 'P000-25' });
}
