import type { DecisionStep, StepsOf } from '../shared/open-decisions.js';
import type { ComplaintEvent } from './complaint.events.js';

const MAJOR = 'major';
const ROUTING = 'routing';

/** A closed complaint takes no answer any more; what is flagged major needs none. */
export const complaintDecisions: StepsOf<ComplaintEvent> = {
  MajorComplaintUndetermined: ({ data }) => [{ is: 'asked', question: MAJOR, table: 'triage.severity', why: data.why }],
  MajorComplaintDetermined: ({ data }) => [major(data.major, data.by === 'person' ? 'person' : 'rule')],
  ComplaintFlaggedMajor: () => [major(true, 'rule')],
  RoutingUndetermined: ({ data }) => [{ is: 'asked', question: ROUTING, table: 'complaint.routing', why: data.why }],
  CaseRouted: ({ data }) => [{ is: 'decided', question: ROUTING, by: data.by === 'person' ? 'person' : 'rule', outcome: data.to.join(', ') }],
  CaseClosed: () => [{ is: 'ended', question: MAJOR }, { is: 'ended', question: ROUTING }],
};

const major = (isMajor: boolean, by: 'person' | 'rule'): DecisionStep => ({ is: 'decided', question: MAJOR, by, outcome: isMajor ? 'major' : 'ordinary' });
