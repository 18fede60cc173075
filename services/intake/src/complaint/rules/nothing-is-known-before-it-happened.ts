import type { RegisterComplaint } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import { noTimeLiesInTheFuture } from './no-time-lies-in-the-future.js';

/** Occurred before aware before entered. */
export function nothingIsKnownBeforeItHappened(command: RegisterComplaint, now: string): Refusal | null {
  const early = noTimeLiesInTheFuture(command.awareAt, 'awareAt', { zh: '获知时间', en: 'awareness' }, now);
  if (early) return early;
  if (command.occurredAt !== undefined && Date.parse(command.occurredAt) > Date.parse(command.awareAt)) {
    return refuse('occurred-after-aware', {
      zh: '发生时间不能晚于获知时间。', en: 'It cannot have happened after the company learned of it.',
    }, { field: 'occurredAt' });
  }
  return null;
}
