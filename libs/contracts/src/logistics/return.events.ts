import Type from 'typebox';
import { count, eventType, exactly, flag, id, instant, money, oneOf, orNull, text, type EventsOf } from '../event-type.js';
import { goods, RETURN_REASONS } from '../shared/vocabulary.js';

export const STOCK_IN_SIGNERS = ['after-sales', 'operations', 'quality'] as const;
const nullableCase = { caseId: orNull(id), round: Type.Integer({ minimum: 1 }) };

/** P000-37, P002B-14: the return/exchange application. */
export const ReturnRequested = eventType('ReturnRequested', 1, exactly({
  ...nullableCase, customerId: orNull(id), reason: oneOf(RETURN_REASONS), kind: oneOf(['return', 'exchange'] as const),
  goods, quantity: count, orderNumber: orNull(id), freightPayer: oneOf(['company', 'customer', 'undetermined'] as const),
  /** Concession fixed with the plan; billing proposes it once the goods are back. */
  compensation: orNull(money),
}), ['details']);
/** Signed by after-sales, finance (unsaleable goods) before the operations head approves. P002B-16, P002B-19. */
export const ReturnReviewed = eventType('ReturnReviewed', 1, exactly({ signer: oneOf(['after-sales', 'finance'] as const) }));
export const ReturnApproved = eventType('ReturnApproved', 1, exactly({ asException: flag }));
export const ReturnRejected = eventType('ReturnRejected', 1, exactly({
  ...nullableCase, ground: oneOf(['lot-expired', 'over-exchange-rate', 'outside-window', 'exception-refused', 'unjustified'] as const),
  compensation: orNull(money),
}), ['explanation']);
export const ReturnExceptionRequested = eventType('ReturnExceptionRequested', 1, exactly({
  ground: oneOf(['lot-expired', 'over-exchange-rate', 'outside-window'] as const),
}), ['why']);
export const ReturnInstructionSent = eventType('ReturnInstructionSent', 1, exactly({}), ['instruction']);
export const ReturnArrivalNotified = eventType('ReturnArrivalNotified', 1, exactly({ station: text, arrivedAt: instant }));
export const ReturnTransportOrderIssued = eventType('ReturnTransportOrderIssued', 1, exactly({ order: id, driver: id }));
export const ReturnPickedUp = eventType('ReturnPickedUp', 1, exactly({ order: id }));
export const ReturnReceived = eventType('ReturnReceived', 1, exactly({ quantity: count, discrepancy: orNull(oneOf(['short', 'wrong', 'damaged'] as const)) }));
export const ReturnInspected = eventType('ReturnInspected', 1, exactly({ intact: flag, makersFault: flag }), ['finding']);
/** P002B-24: the written statement is the ground for refusing. */
export const ReturnInspectionRefused = eventType('ReturnInspectionRefused', 1, exactly({
  ...nullableCase, customerDamage: flag, compensation: orNull(money),
}), ['statement']);
export const StockInSigned = eventType('StockInSigned', 1, exactly({ signer: oneOf(STOCK_IN_SIGNERS), account: id }));
/** P002B-25. Billing proposes compensation on it. */
export const ReturnStockedIn = eventType('ReturnStockedIn', 1, exactly({
  ...nullableCase, customerId: orNull(id), kind: oneOf(['return', 'exchange'] as const), quantity: count, compensation: orNull(money),
}));
export const ReturnValueRecorded = eventType('ReturnValueRecorded', 1, exactly({ quantity: count, value: money }));
export const ReturnSlipSent = eventType('ReturnSlipSent', 1, exactly({ slip: id }));
export const ShipmentStatusUpdated = eventType('ShipmentStatusUpdated', 1, exactly({ status: text }));
export const ExchangeShipped = eventType('ExchangeShipped', 1, exactly({ tracking: id }));

export const returnEvents = {
  ReturnRequested, ReturnReviewed, ReturnApproved, ReturnRejected, ReturnExceptionRequested, ReturnInstructionSent,
  ReturnArrivalNotified, ReturnTransportOrderIssued, ReturnPickedUp, ReturnReceived, ReturnInspected,
  ReturnInspectionRefused, StockInSigned, ReturnStockedIn, ReturnValueRecorded, ReturnSlipSent, ShipmentStatusUpdated, ExchangeShipped,
};
export type ReturnEvent = EventsOf<typeof returnEvents>;
export type StockInSigner = (typeof STOCK_IN_SIGNERS)[number];
