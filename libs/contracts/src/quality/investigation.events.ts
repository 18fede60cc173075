import { eventType, exactly, flag, id, instant, oneOf, orNull, text, type EventsOf } from '../event-type.js';
import { buyer, caseRef, goods, VERDICTS, UNDETERMINED_WHY } from '../shared/vocabulary.js';

export const PROBLEM_GRADES = ['ordinary', 'major'] as const;
export const TREATMENTS = ['on-site', 'after-head-approval'] as const;
export const SEVERITIES = ['minor', 'serious', 'serious-unclear'] as const;
export const DISPOSITIONS = ['return', 'exchange', 'repair', 'destroy', 'keep', 'further-investigation'] as const;
export const EVIDENCE_KINDS = ['photo', 'sample', 'test-report', 'document', 'statement'] as const;
/** Where the fault lies, as far as the investigation can say (P002B-23, P002B-24). */
export const FAULTS = ['maker', 'customer', 'undetermined'] as const;

/** What every event carries that starts an inquiry into the goods of a case. */
const inquiredInto = { ...caseRef.properties, ...buyer.properties, goods: orNull(goods), awareAt: instant };

export const InvestigationOpened = eventType('InvestigationOpened', 1, exactly({
  ...inquiredInto,
  /** Data subject of the customer's words; findings about the case are sealed under it too. */
  subject: id,
}), ['description']);
/** Intake classified the same complaint again: other goods, or other words. `previous` is what was investigated so far. */
export const InvestigationRestated = eventType('InvestigationRestated', 1, exactly({
  ...caseRef.properties, ...buyer.properties, goods: orNull(goods), previous: orNull(goods),
}), ['description']);
/** A later round of the same case: the verdict is open again. `awareAt` is when the customer said no. */
export const InvestigationReopened = eventType('InvestigationReopened', 1, exactly(inquiredInto), ['why']);
export const SeverityAssessed = eventType('SeverityAssessed', 1, exactly({ severity: oneOf(SEVERITIES) }), ['reasoning']);
const problem = { productLine: orNull(id), curedBy: orNull(id), effect: orNull(id) };
/** P001D-11, P001D-12: ordinary or major, by the criteria of the product line. Null: nobody knows it. */
export const QualityProblemGraded = eventType('QualityProblemGraded', 1, exactly({
  ...problem, grade: oneOf(PROBLEM_GRADES), treatment: oneOf(TREATMENTS), by: oneOf(['table', 'person'] as const),
}), ['reasoning']);
export const QualityGradeUndetermined = eventType('QualityGradeUndetermined', 1, exactly({ ...problem, why: oneOf(UNDETERMINED_WHY) }));
export const SiteVerificationDispatched = eventType('SiteVerificationDispatched', 1, exactly({ inspector: id }));
export const SiteVerificationCompleted = eventType('SiteVerificationCompleted', 1, exactly({ inspector: id }), ['finding']);
export const EvidenceAdded = eventType('EvidenceAdded', 1, exactly({
  evidence: id, kind: oneOf(EVIDENCE_KINDS), sha256: orNull(id),
}), ['description']);
export const ManufacturerSupportRequested = eventType('ManufacturerSupportRequested', 1, exactly({ manufacturer: text }), ['question']);
export const SupplierQualityQueryRaised = eventType('SupplierQualityQueryRaised', 1, exactly({ supplier: text }), ['query']);
export const DispositionDecided = eventType('DispositionDecided', 1, exactly({
  interim: flag, disposition: oneOf(DISPOSITIONS),
}), ['opinion']);
export const QualityVerdictReached = eventType('QualityVerdictReached', 1, exactly({
  ...caseRef.properties, ...buyer.properties, goods: orNull(goods), verdict: oneOf(VERDICTS),
  /** Null where the verdict says nothing about it. */
  fault: orNull(oneOf(FAULTS)),
}), ['finding']);
export const QualityHeadNotified = eventType('QualityHeadNotified', 1, exactly({ head: id }));
/** P002B-23: department and staff account found responsible for the maker's fault. */
export const ResponsibilityAssigned = eventType('ResponsibilityAssigned', 1, exactly({ department: id, account: orNull(id) }));
export const CorrectiveActionRequested = eventType('CorrectiveActionRequested', 1, exactly({
  kind: oneOf(['corrective', 'preventive'] as const), department: id,
}), ['action']);
export const InvestigationWithdrawn = eventType('InvestigationWithdrawn', 1, exactly({
  ...caseRef.properties, goods: orNull(goods), why: oneOf(['unfounded', 'reclassified'] as const),
}));

export const investigationEvents = {
  InvestigationOpened, InvestigationRestated, InvestigationReopened, SeverityAssessed, SiteVerificationDispatched,
  SiteVerificationCompleted, EvidenceAdded, ManufacturerSupportRequested, SupplierQualityQueryRaised, DispositionDecided,
  QualityVerdictReached, QualityHeadNotified, ResponsibilityAssigned, CorrectiveActionRequested, InvestigationWithdrawn,
  QualityProblemGraded, QualityGradeUndetermined,
};
export type InvestigationEvent = EventsOf<typeof investigationEvents>;
export type ProblemGrade = (typeof PROBLEM_GRADES)[number];
export type Treatment = (typeof TREATMENTS)[number];
export type Severity = (typeof SEVERITIES)[number];
export type Disposition = (typeof DISPOSITIONS)[number];
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];
export type Fault = (typeof FAULTS)[number];
