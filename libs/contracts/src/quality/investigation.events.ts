import { eventType, exactly, flag, id, instant, oneOf, orNull, text, type EventsOf } from '../event-type.js';
import { buyer, caseRef, goods, VERDICTS } from '../shared/vocabulary.js';

export const InvestigationOpened = eventType('InvestigationOpened', 1, exactly({
  ...caseRef.properties, ...buyer.properties, goods: orNull(goods), awareAt: instant,
}), ['description']);
/** A later round of the same case: the verdict is open again. */
export const InvestigationReopened = eventType('InvestigationReopened', 1, exactly({ ...caseRef.properties }), ['why']);
export const SeverityAssessed = eventType('SeverityAssessed', 1, exactly({
  severity: oneOf(['minor', 'serious', 'serious-unclear'] as const),
}));
export const SiteVerificationDispatched = eventType('SiteVerificationDispatched', 1, exactly({ inspector: id }));
export const SiteVerificationCompleted = eventType('SiteVerificationCompleted', 1, exactly({ inspector: id }), ['finding']);
export const EvidenceAdded = eventType('EvidenceAdded', 1, exactly({
  evidence: id, kind: oneOf(['photo', 'sample', 'test-report', 'document', 'statement'] as const), sha256: orNull(id),
}), ['description']);
export const ManufacturerSupportRequested = eventType('ManufacturerSupportRequested', 1, exactly({ manufacturer: text }), ['question']);
export const SupplierQualityQueryRaised = eventType('SupplierQualityQueryRaised', 1, exactly({ supplier: text }), ['query']);
export const DispositionDecided = eventType('DispositionDecided', 1, exactly({
  interim: flag, disposition: oneOf(['return', 'exchange', 'repair', 'destroy', 'keep', 'further-investigation'] as const),
}), ['opinion']);
export const QualityVerdictReached = eventType('QualityVerdictReached', 1, exactly({
  ...caseRef.properties, ...buyer.properties, goods: orNull(goods), verdict: oneOf(VERDICTS),
}), ['finding']);
export const QualityHeadNotified = eventType('QualityHeadNotified', 1, exactly({ head: id }));
export const InvestigationWithdrawn = eventType('InvestigationWithdrawn', 1, exactly({ why: oneOf(['unfounded', 'reclassified'] as const) }));

export const investigationEvents = {
  InvestigationOpened, InvestigationReopened, SeverityAssessed, SiteVerificationDispatched, SiteVerificationCompleted,
  EvidenceAdded, ManufacturerSupportRequested, SupplierQualityQueryRaised, DispositionDecided, QualityVerdictReached,
  QualityHeadNotified, InvestigationWithdrawn,
};
export type InvestigationEvent = EventsOf<typeof investigationEvents>;
