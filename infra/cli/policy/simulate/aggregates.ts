import type { SimulationParts } from 'aftercare/policy';
import type { Department } from './plan.js';

type Aggregates = SimulationParts['aggregates'];

/**
 * What a department decides by, without the server around it: that would take every thread longer to load than telling
 * a thousand cases again. Loaded when its cases are told. A test holds this against what the departments run; the policy
 * book, which all of them keep, belongs to no case.
 */
export const AGGREGATES: Readonly<Record<Department, () => Promise<Aggregates>>> = {
  registry: async () => [
    (await import('../../../../services/registry/src/customer/customer.decide.js')).customer,
    (await import('../../../../services/registry/src/product/product.decide.js')).product,
    (await import('../../../../services/registry/src/lot/lot.decide.js')).lot,
  ],
  intake: async () => [
    (await import('../../../../services/intake/src/complaint/complaint.decide.js')).complaint,
    (await import('../../../../services/intake/src/inquiry/inquiry.decide.js')).inquiry,
    (await import('../../../../services/intake/src/suggestion/suggestion.decide.js')).suggestion,
  ],
  quality: async () => [
    (await import('../../../../services/quality/src/investigation/investigation.decide.js')).investigation,
    (await import('../../../../services/quality/src/stop-sale/stop-sale.decide.js')).stopSale,
    (await import('../../../../services/quality/src/reaction-report/reaction-report.decide.js')).reactionReport,
  ],
  logistics: async () => [
    (await import('../../../../services/logistics/src/return/return.decide.js')).returns,
    (await import('../../../../services/logistics/src/warehouse-hold/warehouse-hold.decide.js')).warehouseHold,
    (await import('../../../../services/logistics/src/trading-account/trading-account.decide.js')).tradingAccount,
    (await import('../../../../services/logistics/src/lot-note/lot-note.decide.js')).lotNote,
    (await import('../../../../services/logistics/src/repair-item/repair-item.decide.js')).repairItem,
  ],
  billing: async () => [
    (await import('../../../../services/billing/src/approval/approval.decide.js')).approval,
    (await import('../../../../services/billing/src/allowance/allowance.decide.js')).allowance,
    (await import('../../../../services/billing/src/deputy/deputy.decide.js')).deputies,
    (await import('../../../../services/billing/src/conduct/conduct.decide.js')).conduct,
    (await import('../../../../services/billing/src/incentive/incentive.decide.js')).incentive,
    (await import('../../../../services/billing/src/cost/cost.decide.js')).cost,
  ],
  surveys: async () => [(await import('../../../../services/surveys/src/callback/callback.decide.js')).callback],
};
