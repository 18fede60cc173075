import { Type } from '../schema.js';
import { eventType, exactly, id, instant, oneOf, orNull, type EventsOf } from '../event-type.js';

/** Why a case holds the lot no longer. Only the first is a finding about the product (P002A-15). */
export const RELEASE_GROUNDS = ['found-conforming', 'complaint-withdrawn', 'other-lot-meant'] as const;

const lot = { productCode: id, lot: id };
/** A case that holds the lot, and whose customer therefore hears of it through the case. */
const ground = { ...lot, caseId: id, customerId: orNull(id) };

/** P002A-21 to -23. Precautionary before the finding (catalogue contradiction 3), confirmed after a bad verdict. */
export const StopSaleOrdered = eventType('StopSaleOrdered', 1, exactly({ ...ground, ground: oneOf(['precautionary', 'confirmed'] as const) }));
/** The finding confirmed what was a precaution: the lot stays stopped. */
export const StopSaleConfirmed = eventType('StopSaleConfirmed', 1, exactly(ground));
/** The same lot, another case. */
export const HoldGroundAdded = eventType('HoldGroundAdded', 1, exactly(ground));
/** One of several holding cases ended well; the others keep the lot held. */
export const HoldGroundRemoved = eventType('HoldGroundRemoved', 1, exactly({ ...lot, caseId: id }));
/** P002A-21: the warehouse reported that the lot cannot be picked. */
export const WarehouseHoldNoted = eventType('WarehouseHoldNoted', 1, exactly(lot));
/** P002A-22: the registry blocked the sale and named buyers of the lot. */
export const LotBuyersNoted = eventType('LotBuyersNoted', 1, exactly({ ...lot, buyers: Type.Array(id) }));
export const StopSaleNoticeSent = eventType('StopSaleNoticeSent', 1, exactly({ ...lot, customerId: id }), ['notice']);
export const StopSaleNoticeAcknowledged = eventType('StopSaleNoticeAcknowledged', 1, exactly({ ...lot, customerId: id }));
/** The last case that held the lot ended without confirming. Warehouse, sales and buyers react. */
export const ResumeSaleOrdered = eventType('ResumeSaleOrdered', 1, exactly({
  ...lot, caseId: id,
  /** The finding that the limits of P002A-15 and P002A-16 count from. */
  foundAt: instant,
  /** Of the case that let go last; the notices to the buyers say no more than this. */
  why: oneOf(RELEASE_GROUNDS),
}));
export const WarehouseReleaseNoted = eventType('WarehouseReleaseNoted', 1, exactly(lot));
/** P002A-16: the registry reported that the lot may be sold. */
export const SalesReleaseNoted = eventType('SalesReleaseNoted', 1, exactly(lot));
export const ResumeSaleNoticeSent = eventType('ResumeSaleNoticeSent', 1, exactly({ ...lot, customerId: id }), ['notice']);

export const stopSaleEvents = {
  StopSaleOrdered, StopSaleConfirmed, HoldGroundAdded, HoldGroundRemoved, WarehouseHoldNoted, LotBuyersNoted, StopSaleNoticeSent,
  StopSaleNoticeAcknowledged, ResumeSaleOrdered, WarehouseReleaseNoted, SalesReleaseNoted, ResumeSaleNoticeSent,
};
export type ReleaseGround = (typeof RELEASE_GROUNDS)[number];
export type StopSaleEvent = EventsOf<typeof stopSaleEvents>;
