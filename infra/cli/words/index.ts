import { billingTerms } from './billing.js';
import { intakeTerms } from './intake.js';
import { logisticsTerms } from './logistics.js';
import { qualityTerms } from './quality.js';
import { registryTerms, surveysTerms } from './surveys-and-registry.js';

/** Of every department alike. */
const sharedTerms = { QuarantinedMessageDropped: '弃置隔离消息', PolicyAdopted: '采用政策', PolicyAdoptionNoted: '知悉政策采用' } as const;

/** Event type to the term staff use. A test holds it complete against the published events. */
export const CHINESE_TERMS: Readonly<Record<string, string>> = {
  ...intakeTerms, ...qualityTerms, ...logisticsTerms, ...billingTerms, ...surveysTerms, ...registryTerms,
  ...sharedTerms,
};
