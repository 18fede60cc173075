import { refuse, type Refusal } from 'aftercare/kernel';
import type { OpenInquiry } from '../investigation.js';

/** P000-29: whether a quality problem exists is ruled on facts of this round: a piece of evidence or a finished site verification. */
export function aVerdictRestsOnEvidence({ evidence, verification }: OpenInquiry): Refusal | null {
  if (evidence > 0 || verification === 'completed') return null;
  return refuse('verdict-without-evidence', {
    zh: '作出结论前须至少有一项证据或已完成的实地核实。',
    en: 'A verdict needs at least one piece of evidence or a completed site verification.',
  }, { rule: 'P000-29', field: 'verdict' });
}
