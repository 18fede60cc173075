import type { KnownVersions } from 'aftercare/kernel';
import { allowanceEvents } from './billing/allowance.events.js';
import { approvalEvents } from './billing/approval.events.js';
import { costEvents } from './billing/cost.events.js';
import { deputyEvents } from './billing/deputy.events.js';
import { conductEvents, incentiveEvents } from './billing/incentive.events.js';
import type { EventType } from './event-type.js';
import { complaintEvents } from './intake/complaint.events.js';
import { inquiryEvents } from './intake/inquiry.events.js';
import { suggestionEvents } from './intake/suggestion.events.js';
import { repairItemEvents } from './logistics/repair-item.events.js';
import { returnEvents } from './logistics/return.events.js';
import { lotNoteEvents, tradingAccountEvents } from './logistics/trading-account.events.js';
import { warehouseHoldEvents } from './logistics/warehouse-hold.events.js';
import { investigationEvents } from './quality/investigation.events.js';
import { reactionReportEvents } from './quality/reaction-report.events.js';
import { stopSaleEvents } from './quality/stop-sale.events.js';
import { customerEvents, lotEvents, productEvents } from './registry/registry.events.js';
import { deadlineEvents } from './shared/deadlines.events.js';
import { keptPolicyEvents } from './shared/policy-kept.events.js';
import { policyBookEvents } from './shared/policy.events.js';
import { quarantineEvents } from './shared/quarantine.events.js';
import { callbackEvents } from './surveys/callback.events.js';
import { upcasters } from './upcasters.js';

type EventTypes = Readonly<Record<string, EventType>>;

/** Only the registry decides on an adoption; the others note it. */
const notedEvents = { PolicyAdoptionNoted: policyBookEvents.PolicyAdoptionNoted };

/**
 * Every event type that a department's log may hold. Deadlines are noted in every log, because any aggregate may get a
 * clock, and so are dropped messages. A test finds every exported event type in here, and every type of every aggregate.
 */
export const publishedEvents = {
  intake: together(complaintEvents, inquiryEvents, suggestionEvents, deadlineEvents, quarantineEvents, notedEvents),
  quality: together(investigationEvents, stopSaleEvents, reactionReportEvents, deadlineEvents, quarantineEvents, notedEvents),
  logistics: together(returnEvents, warehouseHoldEvents, tradingAccountEvents, lotNoteEvents, repairItemEvents, deadlineEvents, quarantineEvents, notedEvents),
  billing: together(approvalEvents, allowanceEvents, deputyEvents, conductEvents, incentiveEvents, costEvents, deadlineEvents, quarantineEvents, notedEvents),
  surveys: together(callbackEvents, deadlineEvents, quarantineEvents, notedEvents),
  registry: together(customerEvents, productEvents, lotEvents, deadlineEvents, quarantineEvents, policyBookEvents),
} as const satisfies Readonly<Record<string, EventTypes>>;

/**
 * Every log also holds which rules its streams keep.
 * @throws Error for a name that stands for two events of one log: merging would silently keep the later one.
 */
function together(...groups: readonly EventTypes[]): EventTypes {
  const types = new Map<string, EventType>();
  for (const type of [...groups, keptPolicyEvents].flatMap((group) => Object.values(group))) {
    if (types.has(type.type)) throw new Error(`two events of one log are called ${type.type}`);
    types.set(type.type, type);
  }
  return Object.fromEntries(types);
}

const versionsOf = (types: EventTypes): Record<string, number> =>
  Object.fromEntries(Object.values(types).map(({ type, schema }) => [type, schema]));

/** What this program can read: for the one decode path of every department, for its own log and for those of others. */
export const readableEvents = {
  known: Object.fromEntries(Object.entries(publishedEvents).map(([log, types]) => [log, versionsOf(types)])) as KnownVersions,
  upcasters,
};
