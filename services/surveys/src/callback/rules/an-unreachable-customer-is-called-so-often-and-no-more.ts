import type { RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P000-35: the source never says when an unreachable customer ends the loop; the number of attempts is ours. Switched off, the calls never end by themselves. */
export function anUnreachableCustomerIsCalledSoOftenAndNoMore(attempts: number, policy: PolicySet): { abandoned: boolean; trace: RuleTrace } {
  const maxAttempts = policy.setting('callback.max_attempts');
  const abandoned = maxAttempts !== null && attempts >= maxAttempts;
  return {
    abandoned,
    trace: { ...policy.cite('callback.max_attempts'), inputs: { attempts, maxAttempts }, outcome: abandoned ? 'abandoned' : 'call-again' },
  };
}
