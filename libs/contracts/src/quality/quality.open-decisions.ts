import type { StepsOf } from '../shared/open-decisions.js';
import type { InvestigationEvent } from './investigation.events.js';
import type { ReactionReportEvent } from './reaction-report.events.js';

const GRADE = 'grade';
const REPORTABILITY = 'reportability';
const REPORTABILITY_TABLES = { drug: 'adr.reportability', device: 'device_event.reportability' } as const;

/** Graded while it is investigated; an open question outlives a round, so the next one asks it again. */
export const investigationDecisions: StepsOf<InvestigationEvent> = {
  QualityGradeUndetermined: ({ data }) => [{ is: 'asked', question: GRADE, table: 'quality.grade_criteria', why: data.why }],
  QualityProblemGraded: ({ data }) => [{
    is: 'decided', question: GRADE, by: data.by === 'person' ? 'person' : 'rule', outcome: `${data.grade}, ${data.treatment}`,
  }],
  QualityVerdictReached: () => [{ is: 'ended', question: GRADE }],
  InvestigationWithdrawn: () => [{ is: 'ended', question: GRADE }],
  InvestigationReopened: () => [{ is: 'resumed', question: GRADE }],
};

/** The law does not let go of a reaction when the complaint is closed or answered: only an answer ends the question. */
export const reactionReportDecisions: StepsOf<ReactionReportEvent> = {
  ReportabilityUndetermined: ({ data }) => [{
    is: 'asked', question: REPORTABILITY, table: data.productKind && REPORTABILITY_TABLES[data.productKind], why: data.why,
  }],
  ReportabilityDetermined: ({ data }) => [{
    is: 'decided', question: REPORTABILITY, by: data.by === 'person' ? 'person' : 'rule', outcome: `${data.productKind}: ${data.duty}`,
  }],
};
