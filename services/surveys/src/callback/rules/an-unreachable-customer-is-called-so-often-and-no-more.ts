import type { RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P000-35: the source never says when an unreachable customer ends the loop; the number of attempts is ours. */
export function anUnreachableCustomerIsCalledSoOftenAndNoMore(attempts: number, policy: PolicySet): { abandoned: boolean; trace: RuleTrace } {
  const maxAttempts = policy.value('P000', 'callback.max_attempts');
  const abandoned = attempts >= maxAttempts;
  return {
    abandoned,
    trace: { id: 'P000', version: '1', rule: 'P000-35', inputs: { attempts, maxAttempts }, outcome: abandoned ? 'abandoned' : 'call-again' },
  };
}
