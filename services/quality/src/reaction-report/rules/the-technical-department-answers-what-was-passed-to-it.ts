import { refuse, type Refusal } from 'aftercare/kernel';
import type { ReactionReportState } from '../reaction-report.js';

/** P003-31: the reply rests on material that was passed up, so a report is transferred before it is answered. */
export function theTechnicalDepartmentAnswersWhatWasPassedToIt({ stage }: Exclude<ReactionReportState, { stage: 'new' }>): Refusal | null {
  switch (stage) {
    case 'transferred': return null;
    case 'registered': return refuse('not-transferred', {
      zh: '须先转交技术部，方可答复。', en: 'The report has to be passed to the technical department before it is answered.',
    }, { rule: 'P003-31' });
    case 'answered': return refuse('already-answered', {
      zh: '本轮已答复。', en: 'This round has been answered.',
    }, { rule: 'P003-31' });
  }
}
