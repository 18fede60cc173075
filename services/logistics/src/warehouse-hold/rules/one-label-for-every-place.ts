import type { ApplyHoldLabel } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P002A-21: a lot may lie in several places, and each is marked conspicuously. */
export function oneLabelForEveryPlace(command: ApplyHoldLabel, labelledAt: readonly string[]): Refusal | null {
  if (!labelledAt.includes(command.place)) return null;
  return refuse('already-labelled', {
    zh: `${command.place} 已挂停售标识。`, en: `${command.place} carries the label already.`,
  }, { rule: 'P002A-21', field: 'place' });
}
