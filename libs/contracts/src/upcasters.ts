import type { Upcaster } from 'aftercare/kernel';
import { deadlineUpcasters } from './shared/deadlines.upcasters.js';

/** One for every step from a released version of an event to the next. Released steps are never edited. */
export const upcasters: readonly Upcaster[] = [
  // Version 1 told the plans of a case apart by the round alone, and a round may have several.
  { log: 'intake', type: 'HandlingPlanFixed', from: 1, data: ({ data }) => ({ ...data, planNumber: null }) },
  // Version 1 knew the seriousness alone.
  { log: 'quality', type: 'AdverseReactionAssessed', from: 1, data: ({ data }) => ({ ...data, expectedness: null, productKind: null }) },
  ...deadlineUpcasters,
];
