import type { HandlingPlanFixed, EventOf, Remedy } from 'aftercare/contracts';
import { customerId as customerIdOf, lotId, type Opened } from 'aftercare/kernel';
import type { ReactionCommand } from 'aftercare/messaging';
import { CASE_ID } from 'aftercare/testing';
import { WhenExchangeStockedInNoteItOnTheAccount } from './when-exchange-stocked-in-note-it-on-the-account.js';
import { WhenExchangeApprovedReserveItOnTheAccount } from './when-exchange-approved-reserve-it-on-the-account.js';
import { WhenHandlingPlanFixedRequestTheReturn } from './when-handling-plan-fixed-request-the-return.js';
import { WhenLotRegisteredNoteItsExpiry } from './when-lot-registered-note-its-expiry.js';
import { WhenResumeSaleOrderedReleaseTheLot } from './when-resume-sale-ordered-release-the-lot.js';
import { WhenSaleRecordedNoteThePurchase } from './when-sale-recorded-note-the-purchase.js';
import { WhenStopSaleOrderedHoldTheLot } from './when-stop-sale-ordered-hold-the-lot.js';

/** What an event brings about: `<aggregate> <id>` and the command. */
function asked(reaction: unknown): [string, object] | null {
  if (!reaction) return null;
  const { aggregate, id, command } = reaction as ReactionCommand;
  return [`${aggregate.name} ${id}`, command];
}

const opened = <E>(type: string, data: object, stream = 'x-1'): E => ({ type, data, stream, personal: { subject: 's-1', fields: {} } }) as E;
const LOT = { productCode: 'DV-100', lot: 'L-77' };
const LOT_ID = lotId('DV-100', 'L-77');
const CUSTOMER = customerIdOf('C-1');

type Plan = Opened<EventOf<typeof HandlingPlanFixed>>;
const plan = (remedies: readonly Remedy[], kind = 'product-quality'): ReturnType<typeof asked> =>
  asked(new WhenHandlingPlanFixedRequestTheReturn().react(opened<Plan>('HandlingPlanFixed', {
    caseId: CASE_ID, round: 3, customerId: CUSTOMER, locality: 'local', class: kind, remedies, goods: null, verdict: 'nonconforming',
    compensation: { minor: 5000, currency: 'CNY' },
  })));

describe('what logistics does about others', () => {
  it('P000-32 P002A-17 a plan that moves goods opens the return of that round, under the data subject of the case', () => {
    expect(plan(['return', 'price-concession'])).toEqual([`return ${CASE_ID}.3`, {
      type: 'RequestReturnForCase', caseId: CASE_ID, round: 3, subject: 's-1', customerId: CUSTOMER, reason: 'quality', kind: 'return', goods: null,
      verdict: 'nonconforming', compensation: { minor: 5000, currency: 'CNY' },
    }]);
    expect(plan(['exchange'])?.[1]).toMatchObject({ kind: 'exchange' });
    expect(plan(['mail-back-exchange'], 'service')?.[1]).toMatchObject({ kind: 'exchange', reason: 'other' });
    expect(plan(['return'], 'adverse-reaction')?.[1]).toMatchObject({ kind: 'return', reason: 'other' });
  });

  it('P000-32 a plan that moves no goods asks nothing', () => {
    expect(plan(['price-concession', 'apology', 'repair', 'explanation'])).toBeNull();
  });

  it('P002A-21 P002A-16 stop-sale holds the lot, resume releases it, at the address every department computes', () => {
    const stop = asked(new WhenStopSaleOrderedHoldTheLot().react(opened('StopSaleOrdered', { ...LOT, caseId: CASE_ID, ground: 'precautionary' })));
    expect(stop).toEqual([`warehouseHold ${LOT_ID}`, { type: 'PlaceHold', ...LOT, caseId: CASE_ID }]);
    const resume = asked(new WhenResumeSaleOrderedReleaseTheLot().react(opened('ResumeSaleOrdered', { ...LOT, caseId: CASE_ID })));
    expect(resume).toEqual([`warehouseHold ${LOT_ID}`, { type: 'ReleaseHold', ...LOT, caseId: CASE_ID }]);
  });

  it('P002A-17 P002B-16 what the registry records of lots and sales is noted', () => {
    const lot = asked(new WhenLotRegisteredNoteItsExpiry().react(opened('LotRegistered', { ...LOT, manufacturedOn: null, expiresOn: '2027-06-01' })));
    expect(lot).toEqual([`lotNote ${LOT_ID}`, { type: 'NoteLotExpiry', ...LOT, expiresOn: '2027-06-01' }]);
    const sale = asked(new WhenSaleRecordedNoteThePurchase().react(opened('SaleRecorded', { ...LOT, customerId: 'C-1', quantity: 5, soldOn: '2026-01-01', document: 'D' })));
    expect(sale).toEqual([`tradingAccount ${CUSTOMER}`, { type: 'NotePurchase', customerId: 'C-1', productCode: 'DV-100', quantity: 5, soldOn: '2026-01-01' }]);
  });

  it('P002B-31 an exchange counts against the rate once stocked in; a plain return, or one of an unknown customer, does not', () => {
    const stockedIn = (kind: string, customerId: string | null) => asked(new WhenExchangeStockedInNoteItOnTheAccount().react(
      opened('ReturnStockedIn', { caseId: CASE_ID, round: 1, customerId, kind, quantity: 5, compensation: null }, `return-${CASE_ID}.1`),
    ));
    expect(stockedIn('exchange', CUSTOMER)).toEqual([
      `tradingAccount ${CUSTOMER}`, { type: 'NoteExchange', customerId: CUSTOMER, quantity: 5, returnId: `${CASE_ID}.1` },
    ]);
    expect(stockedIn('return', CUSTOMER)).toBeNull();
    expect(stockedIn('exchange', null)).toBeNull();
  });

  it('P002B-16 P002B-17 an approved exchange of unsaleable goods takes its share of the rate at once', () => {
    const approved = (over: object) => asked(new WhenExchangeApprovedReserveItOnTheAccount().approved(opened('ReturnApproved', {
      asException: false, account: 'o', customerId: 'C-1', reason: 'unsaleable', kind: 'exchange', quantity: 10, ...over,
    }, `return-${CASE_ID}.1`)));
    expect(approved({})).toEqual([`tradingAccount ${CUSTOMER}`, { type: 'ReserveExchange', customerId: 'C-1', quantity: 10, returnId: `${CASE_ID}.1` }]);
    for (const none of [{ reason: 'quality' }, { kind: 'return' }, { customerId: null }, { quantity: null }]) expect(approved(none)).toBeNull();
  });

  it('P002B-17 an exchange that was approved and came to nothing gives its share back', () => {
    const reaction = new WhenExchangeApprovedReserveItOnTheAccount();
    const ended = (customerId: string | null) => opened<never>('ReturnCancelled', { caseId: null, round: 1, customerId, compensation: null }, 'return-r-1');
    const given = [`tradingAccount ${CUSTOMER}`, { type: 'ReleaseExchange', customerId: 'C-1', returnId: 'r-1' }];
    expect([asked(reaction.cancelled(ended('C-1'))), asked(reaction.refused(ended('C-1')))]).toEqual([given, given]);
    expect(asked(reaction.cancelled(ended(null)))).toBeNull();
  });
});
