import type { RequestReturn } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P003-24: goods come in temporarily only because a quality problem could not be defined at the customer's. */
export function aTemporaryReturnIsForAQualityProblem(form: RequestReturn): Refusal | null {
  if (form.temporary !== true || form.reason === 'quality') return null;
  return refuse('temporary-for-quality-only', {
    zh: '只有难以界定的质量问题才能申请临时退回。', en: 'Only a quality problem that is hard to define can be returned temporarily.',
  }, { rule: 'P003-24', field: 'temporary' });
}
