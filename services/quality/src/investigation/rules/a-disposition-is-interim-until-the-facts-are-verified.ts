import type { DecideDisposition } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { ConcludedInquiry, OpenInquiry } from '../investigation.js';

/**
 * P002A-12 gives three days, P002A-11 seven (catalogue contradiction 3): an opinion given earlier says that it is an
 * interim one, and one given afterwards no longer hides behind the word.
 */
export function aDispositionIsInterimUntilTheFactsAreVerified(
  { interim }: DecideDisposition, state: OpenInquiry | ConcludedInquiry,
): Refusal | null {
  const { verification, evidence, disposition, stage } = state;
  const verified = stage === 'concluded' || verification === 'completed';
  if (!interim) return verified || (verification === 'none' && evidence > 0) ? null : tooEarly();
  if (!verified && disposition?.interim !== false) return null;
  return refuse('interim-after-verification', {
    zh: '事实已核实或已有正式处置意见，不能再作临时处置。',
    en: 'The facts are verified or a final opinion exists; an interim one is no longer possible.',
  }, { rule: 'P002A-12', field: 'interim' });
}

function tooEarly(): Refusal {
  return refuse('final-before-verification', {
    zh: '事实尚未核实，只能作临时处置。', en: 'The facts are not verified yet; only an interim opinion is possible.',
  }, { rule: 'P002A-12', field: 'interim' });
}
