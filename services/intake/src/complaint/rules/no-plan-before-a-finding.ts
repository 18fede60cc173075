import { refuse, type Refusal } from 'aftercare/kernel';
import type { ComplaintState } from '../complaint.js';

type Planable = Extract<ComplaintState, { stage: 'classified' | 'planned' }>;

/** P000-31: valid first, then what the class demands: verdict, technical reply, or the head's opinion once it was asked for. */
export function noPlanBeforeAFinding(state: Planable): Refusal | null {
  const missing = missingFinding(state);
  return missing && refuse('finding-missing', missing, { rule: 'P000-31' });
}

function missingFinding(state: Planable): { zh: string; en: string } | null {
  if (state.valid !== true) return { zh: '请先判定投诉是否有效。', en: 'Determine first whether the complaint is valid.' };
  if (state.class === 'product-quality' && state.verdict === null) {
    return { zh: '质量结论尚未作出。', en: 'The quality verdict is not there yet.' };
  }
  if (state.class === 'adverse-reaction' && !state.technicallyAnswered) {
    return { zh: '技术部尚未答复。', en: 'The technical department has not replied yet.' };
  }
  if (state.escalated && !state.opinionGiven) {
    return { zh: '负责人尚未给出处理意见。', en: 'The head has not given a handling opinion yet.' };
  }
  return null;
}
