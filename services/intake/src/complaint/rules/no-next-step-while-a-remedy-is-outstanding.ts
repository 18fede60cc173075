import { refuse, type Refusal } from 'aftercare/kernel';
import type { ComplaintState } from '../complaint.js';

/**
 * P001E-46: carried out means that logistics and billing have finished their part. The same holds before a plan is fixed
 * anew: their answers name the round and not the plan, so a late answer to the former would settle the new one.
 */
export function nothingIsUnderWay(state: Extract<ComplaintState, { stage: 'planned' }>): Refusal | null {
  if (state.outstanding.length === 0) return null;
  return refuse('remedy-outstanding', {
    zh: `尚未完成：${state.outstanding.join('、')}。`, en: `Still outstanding: ${state.outstanding.join(', ')}.`,
  }, { rule: 'P001E-46' });
}
