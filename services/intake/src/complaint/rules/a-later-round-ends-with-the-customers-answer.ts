import { refuse, type Refusal } from 'aftercare/kernel';
import type { ComplaintState } from '../complaint.js';

type Told = Extract<ComplaintState, { stage: 'unfounded' | 'communicated' }>;

/**
 * P000-36: a customer who was dissatisfied once ends the loop by being content, so from the second round on even an
 * unfounded complaint is followed by a callback. In the first one it ends with the explanation (P002B-34).
 */
export function aCallbackFollows(state: Told): boolean {
  const unfounded = state.stage === 'unfounded' || state.ground === 'unfounded';
  return !unfounded || state.round > 1;
}

export function onlyTheCallbackEndsIt(state: Told): Refusal | null {
  if (!aCallbackFollows(state)) return null;
  return refuse('callback-outstanding', {
    zh: '须先回访客户，由客户的满意度结果结案。', en: 'The customer is called back first; the answer closes the case.',
  }, { rule: 'P000-36' });
}
