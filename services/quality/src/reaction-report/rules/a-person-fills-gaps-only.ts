import type { DetermineReportability } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { Assessment, Reportability } from '../reaction-report.js';
import type { LegalAnswer } from './the-law-says-whether-to-report.js';

/** P003-28: whoever only had to name the product cannot talk away the duty that the law has for it. */
export function aPersonFillsGapsOnly({ duty, productKind }: DetermineReportability, assessed: Assessment, said: LegalAnswer): Refusal | null {
  if (assessed.productKind !== null && assessed.productKind !== productKind) {
    return refuse('other-product-kind', {
      zh: `评价时的产品类别为“${assessed.productKind}”，如有误请重新评价。`,
      en: `It was assessed as a ${assessed.productKind}; assess it anew if that was wrong.`,
    }, { rule: 'P003-28', field: 'productKind' });
  }
  if (said.duty === null || said.duty === duty) return null;
  return refuse('the-law-says-otherwise', {
    zh: `按规定应为“${said.duty}”。`, en: `The law says "${said.duty}" for it.`,
  }, { rule: said.trace.rule, field: 'duty' });
}

export function nothingIsLeftToDetermine(reportability: Exclude<Reportability, { stage: 'undetermined' }>): Refusal {
  if (reportability.stage === 'not-assessed') {
    return refuse('not-assessed', { zh: '请先评价严重程度。', en: 'Assess the reaction first.' }, { rule: 'P003-28' });
  }
  return refuse('already-determined', {
    zh: `已判定为“${reportability.duty}”，如有新情况请重新评价。`,
    en: `Determined as "${reportability.duty}"; assess the reaction anew if there is news.`,
  }, { rule: 'P003-28' });
}
