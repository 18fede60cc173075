import { refuse, stageInChinese, type Refusal } from 'aftercare/kernel';
import type { ApprovalState } from '../approval.js';

/** P000-32, our reading: one compensation per round. A second plan after a granted one is for a person to look at. */
export function anApprovedCompensationIsNotGrantedTwice(state: ApprovalState): Refusal {
  return refuse('already-decided', {
    zh: `本轮补偿已处于“${stageInChinese(state.stage)}”阶段，须人工处理。`,
    en: `The compensation of this round is already "${state.stage}"; a person has to look.`,
  }, { rule: 'P000-32' });
}
