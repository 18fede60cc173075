import type { SendInterimReply } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P003-36: a definite time that the customer can wait for. A year more is a typing error, and its clock would never ring. */
export function aPromiseLiesWithinAYear({ promisedAt }: SendInterimReply, now: string): Refusal | null {
  const promised = Date.parse(promisedAt);
  if (promised <= Date.parse(now)) {
    return refuse('promise-in-the-past', { zh: '承诺时间必须在将来。', en: 'The promised time has to lie in the future.' },
      { rule: 'P003-36', field: 'promisedAt' });
  }
  const latest = new Date(now);
  latest.setUTCFullYear(latest.getUTCFullYear() + 1);
  if (promised <= latest.getTime()) return null;
  return refuse('promise-too-far-ahead', { zh: '承诺时间不能超过一年。', en: 'The promised time lies more than a year ahead.' },
    { rule: 'P003-36', field: 'promisedAt' });
}
