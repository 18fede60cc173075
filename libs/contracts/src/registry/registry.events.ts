import { Type } from '../schema.js';
import { count, eventType, exactly, id, oneOf, orNull, plainDate, text, type EventsOf } from '../event-type.js';

export const CUSTOMER_KINDS = ['medical-institution', 'drug-distributor', 'retail-pharmacy', 'end-consumer', 'other'] as const;
export const CUSTOMER_GRADES = ['A', 'B', 'C'] as const;

/** The name of a firm may be a person's name: it is sealed like any other. */
export const CustomerRegistered = eventType('CustomerRegistered', 1, exactly({
  customerId: id, subject: id, kind: oneOf(CUSTOMER_KINDS), region: orNull(text),
}), ['name', 'phone', 'address', 'email']);
export const CustomerFileUpdated = eventType('CustomerFileUpdated', 1, exactly({ customerId: id }), ['name', 'phone', 'address', 'email']);
export const CustomerGraded = eventType('CustomerGraded', 1, exactly({ customerId: id, grade: oneOf(CUSTOMER_GRADES) }));

export const ProductRegistered = eventType('ProductRegistered', 1, exactly({
  productCode: id, name: text, model: orNull(text), kind: oneOf(['drug', 'device'] as const), manufacturer: orNull(text),
}));

export const LotRegistered = eventType('LotRegistered', 1, exactly({
  productCode: id, lot: id, manufacturedOn: orNull(plainDate), expiresOn: orNull(plainDate),
}));
export const SaleRecorded = eventType('SaleRecorded', 1, exactly({
  productCode: id, lot: id, customerId: id, quantity: count, soldOn: plainDate, document: id,
}));
/** P002A-22; names every buyer of the lot so that quality can warn them all (P002A-23). */
export const SalesBlockPlaced = eventType('SalesBlockPlaced', 1, exactly({
  productCode: id, lot: id, caseId: id, buyers: Type.Array(id),
}));
/** A sale recorded although the lot is blocked: the goods had left before the block; the buyer is warned too. */
export const BlockedLotBuyerFound = eventType('BlockedLotBuyerFound', 1, exactly({ productCode: id, lot: id, caseId: id, customerId: id }));
export const SalesBlockLifted = eventType('SalesBlockLifted', 1, exactly({
  productCode: id, lot: id, caseId: id, buyers: Type.Array(id),
}));

export const customerEvents = { CustomerRegistered, CustomerFileUpdated, CustomerGraded };
export const productEvents = { ProductRegistered };
export const lotEvents = { LotRegistered, SaleRecorded, SalesBlockPlaced, BlockedLotBuyerFound, SalesBlockLifted };
export type CustomerEvent = EventsOf<typeof customerEvents>;
export type ProductEvent = EventsOf<typeof productEvents>;
export type LotEvent = EventsOf<typeof lotEvents>;
