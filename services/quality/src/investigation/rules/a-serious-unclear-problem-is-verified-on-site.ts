import { refuse, type Refusal, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';
import type { OpenInquiry } from '../investigation.js';

/** P003-22: serious but unclear, somebody has been there to define it. The trace goes with the verdict. */
export function aSeriousUnclearProblemIsVerifiedOnSite(
  { severity, verification, evidence }: OpenInquiry, policy: PolicySet,
): Refusal | RuleTrace {
  const required = policy.setting('quality.site_verification.serious_unclear');
  if (required && severity === 'serious-unclear' && verification !== 'completed') {
    return refuse('site-verification-missing', {
      zh: '情节严重但性质不明的质量问题，须先完成实地核实。',
      en: 'A serious but unclear quality problem has to be verified on site first.',
    }, { rule: 'P003-22', field: 'verdict' });
  }
  return { ...policy.cite('quality.site_verification.serious_unclear'), inputs: { required, severity, verification, evidence }, outcome: 'permitted' };
}
