import type { SendInterimReply } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P003-36: a definite time that the customer can wait for. */
export function aPromiseLiesInTheFuture(command: SendInterimReply, now: string): Refusal | null {
  if (Date.parse(command.promisedAt) > Date.parse(now)) return null;
  return refuse('promise-in-the-past', { zh: '承诺时间必须在将来。', en: 'The promised time has to lie in the future.' },
    { rule: 'P003-36', field: 'promisedAt' });
}
