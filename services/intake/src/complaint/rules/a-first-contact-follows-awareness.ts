import type { RecordFirstContact } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { OpenComplaint } from '../complaint.js';
import { noTimeLiesInTheFuture } from './no-time-lies-in-the-future.js';

/** P001E-36: within four hours of awareness, so neither before it nor still to come. */
export function aFirstContactFollowsAwareness({ contactedAt }: RecordFirstContact, { awareAt }: OpenComplaint, now: string): Refusal | null {
  if (Date.parse(contactedAt) < Date.parse(awareAt)) {
    return refuse('contact-before-aware', {
      zh: '首次联系时间不能早于获知时间。', en: 'Nobody was contacted before the company learned of the complaint.',
    }, { rule: 'P001E-36', field: 'contactedAt' });
  }
  return noTimeLiesInTheFuture(contactedAt, 'contactedAt', { zh: '首次联系时间', en: 'the first contact' }, now);
}
