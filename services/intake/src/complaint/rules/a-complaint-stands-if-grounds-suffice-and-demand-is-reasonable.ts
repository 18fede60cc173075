import type { DetermineValidity } from 'aftercare/contracts';
import type { RuleTrace } from 'aftercare/kernel';

/** P002B-33. Whose error it was (P003-06, P003-07) is recorded beside it and decides nothing here. */
export function aComplaintStandsIfGroundsSufficeAndDemandIsReasonable(answer: DetermineValidity): { valid: boolean; trace: RuleTrace } {
  const { groundsSufficient, demandReasonable, companyError } = answer;
  const valid = groundsSufficient && demandReasonable;
  return {
    valid,
    trace: {
      id: 'P002B', version: '1', rule: 'P002B-33', inputs: { groundsSufficient, demandReasonable, companyError },
      outcome: valid ? 'valid' : 'unfounded',
    },
  };
}
