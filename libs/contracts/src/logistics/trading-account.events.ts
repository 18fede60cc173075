import { count, eventType, exactly, id, orNull, plainDate, type EventsOf } from '../event-type.js';

/** What logistics knows of a lot, noted from the registry so that a review needs nobody else (D6). */
export const LotExpiryNoted = eventType('LotExpiryNoted', 1, exactly({ productCode: id, lot: id, expiresOn: orNull(plainDate) }));
/** Pieces bought and exchanged by one customer: the exchange rate of P002B-16 and P002B-31; the article for its window. */
export const PurchaseNoted = eventType('PurchaseNoted', 1, exactly({ customerId: id, productCode: id, quantity: count, soldOn: plainDate }));
export const ExchangeNoted = eventType('ExchangeNoted', 1, exactly({ customerId: id, quantity: count, returnId: id }));
/** P002B-17: an approved exchange whose goods are still under way counts against the rate of the next ones. */
export const ExchangeReserved = eventType('ExchangeReserved', 1, exactly({ customerId: id, quantity: count, returnId: id }));
/** The goods came in and count themselves from now on, or they never will. */
export const ExchangeReleased = eventType('ExchangeReleased', 1, exactly({ customerId: id, quantity: count, returnId: id }));

export const tradingAccountEvents = { PurchaseNoted, ExchangeNoted, ExchangeReserved, ExchangeReleased };
export const lotNoteEvents = { LotExpiryNoted };
export type TradingAccountEvent = EventsOf<typeof tradingAccountEvents>;
export type LotNoteEvent = EventsOf<typeof lotNoteEvents>;
