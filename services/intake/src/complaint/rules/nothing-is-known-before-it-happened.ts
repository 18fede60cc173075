import type { RegisterComplaint } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** Five minutes: two well-kept clocks differ by less, a typing error by more. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** Occurred before aware before entered. A date in the future would give a case more time than it has. */
export function nothingIsKnownBeforeItHappened(command: RegisterComplaint, now: string): Refusal | null {
  const latest = Date.parse(now) + CLOCK_TOLERANCE_MS;
  if (Date.parse(command.awareAt) > latest) {
    return refuse('time-in-the-future', { zh: '获知时间不能晚于现在。', en: 'The time of awareness lies in the future.' }, { field: 'awareAt' });
  }
  if (command.occurredAt !== undefined && Date.parse(command.occurredAt) > Date.parse(command.awareAt)) {
    return refuse('occurred-after-aware', {
      zh: '发生时间不能晚于获知时间。', en: 'It cannot have happened after the company learned of it.',
    }, { field: 'occurredAt' });
  }
  return null;
}
