import type { NoteOpenedForCase } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { ComplaintState } from '../complaint.js';

/**
 * An id comes from the receipt of the case, so that its case is in this log before anybody can name it. What names
 * another was mistyped; it waits in the quarantine until a person has looked at it, and nothing of it is lost.
 */
export function whatIsOpenedForACaseNamesOneThatExists({ opened }: NoteOpenedForCase, { stage }: ComplaintState, caseId: string): Refusal | readonly [] {
  if (stage !== 'new') return [];
  return refuse('unknown-case', {
    zh: `没有编号为 ${caseId} 的案件，而 ${opened} 记在其下：编号可能有误。请在正确的案件下重新登记，撤回此项，再弃置此消息。`,
    en: `There is no case ${caseId}, and ${opened} was opened for it: the id was probably mistyped. Open it again for the right case, withdraw this one, then drop this message.`,
  }, { field: 'caseId' });
}
