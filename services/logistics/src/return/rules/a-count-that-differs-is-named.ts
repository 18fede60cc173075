import type { ReceiveReturn } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P002B-08, P001E-30: short, wrong or damaged. A difference booked in silence could never be settled with the carrier. */
export function aCountThatDiffersIsNamed(command: ReceiveReturn, expected: number | null): Refusal | null {
  const { quantity, discrepancy } = command;
  if (expected !== null && quantity !== expected && discrepancy === undefined) {
    return refuse('discrepancy-unnamed', {
      zh: `应到 ${expected} 件，实到 ${quantity} 件，请说明差异。`, en: `${expected} expected, ${quantity} counted: name the discrepancy.`,
    }, { rule: 'P001E-30', field: 'discrepancy' });
  }
  if (discrepancy === 'short' && expected !== null && quantity >= expected) {
    return refuse('not-short', { zh: '实到数量并不短少。', en: 'The count is not short.' }, { rule: 'P001E-30', field: 'discrepancy' });
  }
  return null;
}
