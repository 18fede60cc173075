import type { ReturnReason } from 'aftercare/contracts';
import type { PolicySet } from 'aftercare/policy';

/** P003-26. Who pays in the other cases follows from whose fault it was, and a person says so later (P003-27). */
export function theCompanyPaysTheFreightOfQualityReturns(reason: ReturnReason, policy: PolicySet): 'company' | 'undetermined' {
  return reason === 'quality' && policy.setting('return.freight_payer') === 'company' ? 'company' : 'undetermined';
}
