import type { DetermineValidity } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { ComplaintState } from '../complaint.js';
import { aComplaintStandsIfGroundsSufficeAndDemandIsReasonable } from './a-complaint-stands-if-grounds-suffice-and-demand-is-reasonable.js';

/**
 * P000-29: the quality department rules whether there is a quality problem. An unfounded complaint ends the investigation
 * and with it the precautionary stop of the lot; without a verdict the lot would be sold again that nobody found
 * conforming (P002A-15).
 */
export function noUnfoundedQualityComplaintBeforeTheVerdict(
  answer: DetermineValidity, state: Extract<ComplaintState, { stage: 'classified' }>, policy: PolicySet,
): Refusal | null {
  if (state.class !== 'product-quality' || state.verdict !== null) return null;
  if (aComplaintStandsIfGroundsSufficeAndDemandIsReasonable(answer, policy).valid) return null;
  return refuse('finding-missing', {
    zh: '质量结论作出之前，产品质量投诉不能判定为无效。', en: 'A product-quality complaint cannot be judged unfounded before the quality verdict.',
  }, { rule: 'P000-29' });
}
