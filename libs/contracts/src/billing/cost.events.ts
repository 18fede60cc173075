import { eventType, exactly, id, money, oneOf, orNull, type EventsOf } from '../event-type.js';

export const COST_PAYERS = ['company', 'customer', 'supplier', 'carrier'] as const;
const cost = { returnId: id, caseId: orNull(id), amount: money, payer: oneOf(COST_PAYERS), subject: id };

/** P003-26: what bringing the goods back cost, and who bears it. */
export const ReturnFreightCharged = eventType('ReturnFreightCharged', 1, exactly(cost), ['note']);
/** P003-27: any other cost of a return falls on the party found responsible. */
export const CostAttributed = eventType('CostAttributed', 1, exactly(cost), ['note']);

export const costEvents = { ReturnFreightCharged, CostAttributed };
export type CostEvent = EventsOf<typeof costEvents>;
export type CostPayer = (typeof COST_PAYERS)[number];
