import type { ReturnEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import { CASE_ID, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import { returns } from './return.decide.js';
import { returnView, type ReturnRow } from './return.view.js';

const GOODS = {
  productCode: 'DV-100', productName: null, model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 10, notKnown: [],
};
const requested: ReturnEvent = {
  type: 'ReturnRequested',
  data: {
    caseId: CASE_ID, round: 2, subject: SUBJECT_ID, customerId: 'c-1', reason: 'unsaleable', kind: 'exchange', goods: GOODS, quantity: 10,
    orderNumber: 'SO-1', requestedOn: '2026-03-11', temporary: false, verdict: null, freightPayer: 'undetermined', compensation: null,
  },
};
const signed = (signer: 'after-sales' | 'operations' | 'quality'): ReturnEvent => ({ type: 'StockInSigned', data: { signer, account: signer } });
const whole: ReturnEvent[] = [
  requested, { type: 'ReturnReferred', data: {} },
  { type: 'SignatoryUndetermined', data: { step: 'review', signer: 'after-sales', why: 'no-match', account: 'a' } },
  { type: 'SignatoryAppointed', data: { step: 'review', signer: 'after-sales', role: 'logistics.clerk', account: 'l' } },
  { type: 'ReturnEligibilityUndetermined', data: { why: 'no-match', obstacles: [], account: 'a', expiresOn: null } },
  { type: 'ReturnReviewed', data: { signer: 'after-sales', account: 'a', expiresOn: null } },
  { type: 'ReturnReviewed', data: { signer: 'finance', account: 'f', expiresOn: null } },
  { type: 'ReturnExceptionRequested', data: { ground: 'lot-expired', account: 'a' } },
  { type: 'ReturnApproved', data: { asException: true, account: 'l', customerId: 'c-1', reason: 'unsaleable', kind: 'exchange', quantity: 10 } }, { type: 'ReturnInstructionSent', data: {} },
  { type: 'ReturnArrivalNotified', data: { station: 'North', arrivedAt: NOW } },
  { type: 'ReturnTransportOrderIssued', data: { order: 'TO-1', driver: 'd' } }, { type: 'ReturnPickedUp', data: { order: 'TO-1' } },
  { type: 'ShipmentStatusUpdated', data: { leg: 'to-company', status: 'delivered', at: NOW } },
  { type: 'ReturnReceived', data: { quantity: 9, discrepancy: 'short' } }, { type: 'ReturnDiscrepancySettled', data: { confirmed: true } },
  { type: 'ReturnInspected', data: { intact: true, makersFault: false } }, signed('after-sales'), signed('operations'), signed('quality'),
  { type: 'ReturnStockedIn', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', kind: 'exchange', quantity: 9, compensation: null } },
  { type: 'ReturnValueRecorded', data: { quantity: 9, value: { minor: 4500, currency: 'CNY' } } },
  { type: 'ReturnSlipSent', data: { slip: 'S-1' } }, { type: 'ExchangeShipped', data: { tracking: 'T-1', productCode: 'DV-100' } },
];
const recorded = (event: ReturnEvent): Recorded<ReturnEvent> =>
  ({ ...event, id: 'e', stream: `return-${CASE_ID}.2`, recordedAt: NOW, personal: null }) as unknown as Recorded<ReturnEvent>;
const rowAfter = (events: readonly ReturnEvent[]): ReturnRow | null =>
  events.reduce<ReturnRow | null>((row, event) => returnView.fold(row, recorded(event)), null);

describe('the return and exchange list', () => {
  it('P002B-14 stands in the same stage as the return itself after every event', () => {
    whole.forEach((_, last) => {
      const events = whole.slice(0, last + 1);
      expect([last, rowAfter(events)?.stage]).toEqual([last, returns.stage(given(returns, ...events).state)]);
    });
    for (const end of ['ReturnRejected', 'ReturnInspectionRefused', 'ReturnCancelled'] as const) {
      const events = [requested, { type: end, data: { caseId: CASE_ID, round: 2, ground: 'unjustified', customerDamage: true } } as unknown as ReturnEvent];
      expect(rowAfter(events)?.stage).toBe(returns.stage(given(returns, ...events).state));
    }
  });

  it('P002B-14 shows number, round, signatures of the step, discrepancy and the way of the parcel', () => {
    expect(rowAfter(whole.slice(0, 1))).toMatchObject({ number: expect.stringMatching(/^RET-2026-\w{4}-\w{4}\.2$/) as string, caseId: CASE_ID, round: 2, quantity: 10 });
    expect(rowAfter(whole.slice(0, 2))).toMatchObject({ referred: 1 });
    expect([3, 4, 5, 6].map((count) => rowAfter(whole.slice(0, count))?.undetermined)).toEqual([['signature: after-sales'], [], ['eligibility'], []]);
    expect(rowAfter(whole.slice(0, 6))).toMatchObject({ referred: 0, signatures: ['after-sales'] });
    expect(rowAfter(whole.slice(0, 12))).toMatchObject({ driver: 'd', signatures: [] });
    expect(rowAfter(whole.slice(0, 15))).toMatchObject({ quantity: 9, discrepancy: 'short', shipment: 'to-company: delivered' });
    expect(rowAfter(whole.slice(0, 20))).toMatchObject({ discrepancy: null, signatures: ['after-sales', 'operations', 'quality'] });
    expect(rowAfter(whole)).toMatchObject({ stage: 'completed', quantity: 9, valueMinor: 4500, slip: 'S-1', exchangeTracking: 'T-1', stockedInAt: NOW });
  });

  it('fills exactly its declared columns and leaves other streams alone', () => {
    expect(Object.keys(rowAfter(whole) ?? {}).sort()).toEqual(Object.keys(returnView.columns).sort());
    expect(returnView.key({ ...recorded(requested), stream: 'warehouseHold-x' } as Recorded<ReturnEvent>)).toBeNull();
    expect(returnView.key(recorded(requested))).toBe(`${CASE_ID}.2`);
  });
});
