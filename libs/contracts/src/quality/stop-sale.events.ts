import { eventType, exactly, id, oneOf, text, type EventsOf } from '../event-type.js';

const lot = { productCode: id, lot: id };

/** P002A-21 to -23. Precautionary before the finding (catalogue contradiction 3), confirmed after a bad verdict. */
export const StopSaleOrdered = eventType('StopSaleOrdered', 1, exactly({
  ...lot, caseId: id, ground: oneOf(['precautionary', 'confirmed'] as const),
}));
/** The same lot, another case, or the finding confirmed what was a precaution. */
export const StopSaleConfirmed = eventType('StopSaleConfirmed', 1, exactly({ ...lot, caseId: id }));
export const StopSaleNoticeSent = eventType('StopSaleNoticeSent', 1, exactly({ ...lot, customerId: id }), ['notice']);
export const StopSaleNoticeAcknowledged = eventType('StopSaleNoticeAcknowledged', 1, exactly({ ...lot, customerId: id }));
/** All cases that hold the lot ended in a sound verdict. Warehouse, sales and buyers react. */
export const ResumeSaleOrdered = eventType('ResumeSaleOrdered', 1, exactly({ ...lot, caseId: id }));
export const ResumeSaleNoticeSent = eventType('ResumeSaleNoticeSent', 1, exactly({ ...lot, customerId: id }), ['notice']);
/** One of several holding cases ended well; the others keep the lot held. */
export const HoldGroundRemoved = eventType('HoldGroundRemoved', 1, exactly({ ...lot, caseId: id }));
export const HoldGroundAdded = eventType('HoldGroundAdded', 1, exactly({ ...lot, caseId: id, why: text }));

export const stopSaleEvents = {
  StopSaleOrdered, StopSaleConfirmed, StopSaleNoticeSent, StopSaleNoticeAcknowledged, ResumeSaleOrdered,
  ResumeSaleNoticeSent, HoldGroundRemoved, HoldGroundAdded,
};
export type StopSaleEvent = EventsOf<typeof stopSaleEvents>;
