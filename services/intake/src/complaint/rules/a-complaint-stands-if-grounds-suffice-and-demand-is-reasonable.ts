import type { DetermineValidity } from 'aftercare/contracts';
import type { RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/**
 * P002B-33: every test that the policy names has to hold; switched off, every complaint stands. Whose error it was
 * (P003-06, P003-07) is recorded beside it and decides nothing unless the policy names it.
 */
export function aComplaintStandsIfGroundsSufficeAndDemandIsReasonable(answer: DetermineValidity, policy: PolicySet): { valid: boolean; trace: RuleTrace } {
  const { groundsSufficient, demandReasonable, companyError } = answer;
  const valid = (policy.setting('complaint.validity_test') ?? []).every((test) => answer[test]);
  return {
    valid,
    trace: {
      ...policy.cite('complaint.validity_test'), inputs: { groundsSufficient, demandReasonable, companyError },
      outcome: valid ? 'valid' : 'unfounded',
    },
  };
}
