import { refuse, type Bilingual, type Refusal } from 'aftercare/kernel';

/** Five minutes: two well-kept clocks differ by less, a typing error by more. */
const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** A stated time in the future would give a case more time than it has (P001E-36, P001E-49, P003-35). */
export function noTimeLiesInTheFuture(stated: string, field: string, name: Bilingual, now: string): Refusal | null {
  if (Date.parse(stated) <= Date.parse(now) + CLOCK_TOLERANCE_MS) return null;
  return refuse('time-in-the-future', { zh: `${name.zh}不能晚于现在。`, en: `The time of ${name.en} lies in the future.` }, { field });
}
