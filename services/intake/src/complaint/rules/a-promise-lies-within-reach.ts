import type { SendInterimReply } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P003-36: a definite time that the customer can wait for. Further ahead is a typing error, and its clock would never ring. Switched off, any future time is one. */
export function aPromiseLiesWithinReach({ promisedAt }: SendInterimReply, now: string, policy: PolicySet): Refusal | null {
  const promised = Date.parse(promisedAt);
  if (promised <= Date.parse(now)) {
    return refuse('promise-in-the-past', { zh: '承诺时间必须在将来。', en: 'The promised time has to lie in the future.' },
      { rule: 'P003-36', field: 'promisedAt' });
  }
  const days = policy.setting('complaint.interim_reply.latest_promise');
  if (days === null) return null;
  const latest = policy.calendar.due({ value: days, unit: 'day', calendar: 'wall-clock' }, now).at;
  if (latest !== null && promised <= Date.parse(latest)) return null;
  return refuse('promise-too-far-ahead', { zh: `承诺时间不能超过 ${days} 天。`, en: `The promised time lies more than ${days} days ahead.` },
    { rule: policy.cite('complaint.interim_reply.latest_promise').rule, field: 'promisedAt' });
}
