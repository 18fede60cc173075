import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { AtStage } from '../return.js';

/** P002B-25: three signatures on the list, or the goods stay outside. P001E-30: and no quarrel about their number. */
export function noStockInWithoutEverySignature(state: AtStage<'inspected'>, policy: PolicySet): Refusal | null {
  const missing = (policy.setting('return.stock_in_signatures') ?? [])
    .filter((signer) => !state.signatures.some((signature) => signature.signer === signer));
  if (missing.length > 0) {
    return refuse('signatures-missing', {
      zh: `缺少签字：${missing.join('、')}。`, en: `Signatures missing: ${missing.join(', ')}.`,
    }, { rule: 'P002B-25' });
  }
  if (state.discrepancySettled) return null;
  return refuse('discrepancy-open', {
    zh: '到货差异尚未处理。', en: 'The discrepancy of the delivery is not settled yet.',
  }, { rule: 'P001E-30' });
}
