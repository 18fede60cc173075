import { refuse, type Refusal } from 'aftercare/kernel';
import type { ConcludedInquiry } from '../investigation.js';

/** P002A-20: a device quality problem that does exist goes to the head of quality, and is recorded as told only once. */
export function theHeadOfQualityIsToldOfAProblemOnce({ verdict, headNotified }: ConcludedInquiry): Refusal | null {
  if (verdict === 'conforming') {
    return refuse('product-conforms', {
      zh: '产品合格，无须报告质量负责人。', en: 'The product conforms; there is no quality problem to report.',
    }, { rule: 'P002A-20' });
  }
  if (!headNotified) return null;
  return refuse('head-already-notified', {
    zh: '已报告企业质量负责人。', en: 'The head of quality has been told already.',
  }, { rule: 'P002A-20', field: 'head' });
}
