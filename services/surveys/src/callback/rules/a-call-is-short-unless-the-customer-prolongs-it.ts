import type { CompleteCallback } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P001E-54: three minutes and no more; a longer call has to have been the customer's wish. */
export function aCallIsShortUnlessTheCustomerProlongsIt(call: CompleteCallback, policy: PolicySet): Refusal | null {
  const mostSeconds = policy.setting('callback.max_duration');
  if (mostSeconds === null || call.seconds <= mostSeconds || call.prolongedByCustomer) return null;
  return refuse('call-too-long', {
    zh: `回访一般不超过 ${mostSeconds} 秒，除非客户主动延长。`,
    en: `A callback takes no more than ${mostSeconds} seconds unless the customer prolongs it.`,
  }, { rule: 'P001E-54', field: 'seconds' });
}
