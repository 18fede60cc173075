import { refuse, type Refusal } from 'aftercare/kernel';
import type { ConcludedInquiry } from '../investigation.js';

/** P002B-23: department and person are sought, and action asked for, where the fault is the maker's. */
export function responsibilityFollowsTheMakersFault({ makersFault }: ConcludedInquiry): Refusal | null {
  if (makersFault) return null;
  return refuse('no-makers-fault', {
    zh: '仅在认定生产方责任后才能落实责任与纠正预防措施。',
    en: "Responsibility and corrective action follow only from a finding of the maker's fault.",
  }, { rule: 'P002B-23' });
}
