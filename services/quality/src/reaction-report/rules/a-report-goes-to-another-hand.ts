import type { TransferToTechnical } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P003-30: a second transfer names somebody else; the clock of the first goes on. */
export function aReportGoesToAnotherHand({ to }: TransferToTechnical, holder: string): Refusal | null {
  if (to !== holder) return null;
  return refuse('already-transferred', {
    zh: '已转交该人员。', en: 'The report is with this person already.',
  }, { rule: 'P003-30', field: 'to' });
}
