import type { ReturnEvent, ReturnFacts, ReturnReason } from 'aftercare/contracts';
import type { Actor } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { CASE_ID, everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { ReturnCommand } from './return.js';
import { returns } from './return.decide.js';

const GOODS = {
  productCode: 'DV-100', productName: 'Infusion pump', model: 'A2', lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: '2027-06-01',
  quantity: 10, notKnown: [],
};
const who = (role: string, id = role): { actor: Actor } => ({ actor: { id, role: `logistics.${role}` } });
const [CLERK, HEAD, OPERATIONS, FINANCE] = [who('clerk'), who('after-sales-head'), who('operations-head'), who('finance')];
const [LEADER, DRIVER, QUALITY] = [who('leader'), who('driver'), who('quality')];

/** 1000 pieces bought, 90 exchanged: ten more are exactly the ten per cent. */
const FACTS: ReturnFacts = { lotExpiresOn: '2027-06-01', bought: 1000, exchanged: 90, lastBoughtOn: '2026-01-01' };

const requested = (reason: ReturnReason, over: Partial<Extract<ReturnEvent, { type: 'ReturnRequested' }>['data']> = {}): ReturnEvent => ({
  type: 'ReturnRequested',
  data: {
    caseId: CASE_ID, round: 2, subject: SUBJECT_ID, customerId: 'c-1', reason, kind: 'exchange', goods: GOODS, quantity: 10, orderNumber: 'SO-1',
    requestedOn: '2026-03-11', temporary: false, verdict: null, freightPayer: 'undetermined', compensation: { minor: 5000, currency: 'CNY' }, ...over,
  },
});
const reviewed = (signer: 'after-sales' | 'finance', account: string): ReturnEvent => ({ type: 'ReturnReviewed', data: { signer, account, expiresOn: null } });
const approved: ReturnEvent = {
  type: 'ReturnApproved', data: { asException: false, account: 'operations-head', customerId: 'c-1', reason: 'unsaleable', kind: 'exchange', quantity: 10 },
};
const instructed: ReturnEvent = { type: 'ReturnInstructionSent', data: {} };
const arrived: ReturnEvent = { type: 'ReturnArrivalNotified', data: { station: 'North', arrivedAt: NOW } };
const ordered: ReturnEvent = { type: 'ReturnTransportOrderIssued', data: { order: 'TO-1', driver: 'driver' } };
const pickedUp: ReturnEvent = { type: 'ReturnPickedUp', data: { order: 'TO-1' } };
const received = (quantity = 10, discrepancy: 'short' | 'wrong' | null = null): ReturnEvent => ({ type: 'ReturnReceived', data: { quantity, discrepancy } });
const inspected = (intact = true, makersFault = false): ReturnEvent => ({ type: 'ReturnInspected', data: { intact, makersFault } });
const signed = (signer: 'after-sales' | 'operations' | 'quality', account: string = signer): ReturnEvent => ({ type: 'StockInSigned', data: { signer, account } });
const allSigned = [signed('after-sales'), signed('operations'), signed('quality')];
const stockedIn = (kind: 'return' | 'exchange' = 'exchange'): ReturnEvent =>
  ({ type: 'ReturnStockedIn', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', kind, quantity: 10, compensation: null } });
const valued: ReturnEvent = { type: 'ReturnValueRecorded', data: { quantity: 10, value: { minor: 99_900, currency: 'CNY' } } };
const slipSent: ReturnEvent = { type: 'ReturnSlipSent', data: { slip: 'S-1' } };
const shipped: ReturnEvent = { type: 'ExchangeShipped', data: { tracking: 'T-1', productCode: 'DV-100' } };

const unsaleable = requested('unsaleable');
const bothReviewed = [unsaleable, reviewed('after-sales', 'clerk'), reviewed('finance', 'finance')];
const atTheDoor = (reason: ReturnReason = 'quality') => [requested(reason), reviewed('after-sales', 'a'), approved, instructed, arrived, ordered, pickedUp];

const form: ReturnCommand = {
  type: 'RequestReturn', customer: '仁和药房', orderNumber: 'SO-1', reason: 'quality', kind: 'return', goods: { productCode: 'DV-100', lot: 'L-77' },
  quantity: 10, details: '按键失灵',
};
const review = (signer: 'after-sales' | 'finance', facts: Partial<ReturnFacts> = {}, expiresOn?: string): ReturnCommand =>
  ({ type: 'ReviewReturn', signer, facts: { ...FACTS, ...facts }, ...(expiresOn !== undefined && { expiresOn }) });
const approve = (facts: Partial<ReturnFacts> = {}): ReturnCommand => ({ type: 'ApproveReturn', facts: { ...FACTS, ...facts } });
const receive = (quantity: number, discrepancy?: 'short' | 'wrong' | 'damaged'): ReturnCommand => ({ type: 'ReceiveReturn', quantity, ...(discrepancy && { discrepancy }) });

describe('the roles of a return come from the adopted policy', () => {
  const without = (...off: string[]): PolicySet => ({ ...policySet(), setting: ((key) => off.includes(key) ? null : policySet().setting(key)) as PolicySet['setting'] });
  const asks: ReturnEvent = { type: 'ReturnExceptionRequested', data: { ground: 'over-exchange-rate', account: 'clerk' } };

  it('P002B-18 another approver of exceptions decides, and the former one no more', () => {
    const policy = { ...policySet(), setting: (() => ['logistics.finance']) as unknown as PolicySet['setting'] };
    expect(given(returns, unsaleable, asks).when({ type: 'ApproveException' }, { ...FINANCE, policy }).types).toContain('ReturnApproved');
    expect(given(returns, unsaleable, asks).when({ type: 'ApproveException' }, { ...LEADER, policy })).toMatchObject({ refused: 'not-your-role', rule: 'P002B-18' });
  });

  it('P002B-18 switched off, nobody allows an exception', () => {
    expect(given(returns, unsaleable, asks).when({ type: 'ApproveException' }, { ...LEADER, policy: without('return.exception_approver') }).refused).toBe('not-your-role');
  });
});

describe('a return', () => {
  describe('application', () => {
    it('P000-37 P002B-14 names customer, order, reason and goods, and keeps words personal', () => {
      const then = given(returns).when(form);
      expect(then.types).toEqual(['ReturnRequested']);
      expect(then.events[0]?.data).toMatchObject({ caseId: null, round: 1, subject: SUBJECT_ID, requestedOn: '2026-03-11', temporary: false });
      expect(then.events[0]?.personal?.fields).toEqual({ customer: '仁和药房', details: '按键失灵' });
      expect(given(returns).when({ ...form, customer: undefined })).toMatchObject({ refused: 'required-field-missing', rule: 'P000-37', field: 'customer' });
      expect(given(returns).when({ ...form, customer: undefined, customerId: 'c-1' }).refused).toBeNull();
      expect(given(returns).when({ ...form, orderNumber: undefined }).field).toBe('orderNumber');
      expect(given(returns).when({ ...form, goods: { lot: 'L-77' } }).field).toBe('goods');
    });

    it('P003-24 only a quality problem is returned temporarily', () => {
      expect(given(returns).when({ ...form, temporary: true }).events[0]?.data).toMatchObject({ temporary: true });
      expect(given(returns).when({ ...form, reason: 'other', temporary: true })).toMatchObject({ refused: 'temporary-for-quality-only', rule: 'P003-24' });
    });

    it('P003-26 the company pays the freight of a quality return', () => {
      expect(given(returns).when(form).events[0]?.data).toMatchObject({ freightPayer: 'company' });
      expect(given(returns).when({ ...form, reason: 'mis-shipped' }).events[0]?.data).toMatchObject({ freightPayer: 'undetermined' });
    });

    it('P002B-26 unsaleable goods are exchanged, like for like', () => {
      expect(given(returns).when({ ...form, reason: 'unsaleable' })).toMatchObject({ refused: 'unsaleable-is-exchanged', rule: 'P002B-26', field: 'kind' });
      expect(given(returns).when({ ...form, reason: 'unsaleable', kind: 'exchange' }).stage).toBe('requested');
      const ship = (productCode: string): ReturnCommand => ({ type: 'ShipExchange', tracking: 'T', productCode });
      expect(given(returns, unsaleable, stockedIn()).when(ship('DV-200'))).toMatchObject({ refused: 'not-like-for-like', field: 'productCode' });
      expect(given(returns, unsaleable, stockedIn()).when(ship('DV-100')).types).toEqual(['ExchangeShipped']);
    });

    it('P002B-27 a quality return may be exchanged for another article', () => {
      expect(given(returns, requested('quality'), stockedIn()).when({ type: 'ShipExchange', tracking: 'T', productCode: 'DV-200' }).refused).toBeNull();
    });
  });

  describe('a plan of a case', () => {
    const fromCase: ReturnCommand = {
      type: 'RequestReturnForCase', caseId: CASE_ID, round: 2, subject: 's-1', customerId: 'c-1', reason: 'quality', kind: 'return', goods: GOODS,
      verdict: 'nonconforming', compensation: { minor: 5000, currency: 'CNY' },
    };
    it('opens the return under the data subject of the case and carries its compensation', () => {
      expect(given(returns).when(fromCase).events[0]?.data).toMatchObject({ caseId: CASE_ID, round: 2, subject: 's-1', quantity: 10, compensation: { minor: 5000 } });
    });
    it('changes nothing while the return runs, opens it again after a refusal, and is refused once the goods are in', () => {
      expect(given(returns, requested('quality')).when(fromCase).types).toEqual([]);
      const refused: ReturnEvent = { type: 'ReturnInspectionRefused', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', customerDamage: true, compensation: null } };
      const again = given(returns, ...atTheDoor(), received(), refused).when(fromCase);
      expect(again.stage).toBe('requested');
      expect(again.state.own).toMatchObject({ reviews: [], shipments: [] });
      expect(again.state.own).not.toHaveProperty('received');
      expect(given(returns, requested('quality'), stockedIn()).when(fromCase).refused).toBe('already-stocked-in');
    });
  });

  describe('review', () => {
    it('P002B-16 P000-38 unsaleable goods: after-sales and finance sign, then the head of operations approves', () => {
      const first = given(returns, unsaleable).when(review('after-sales'), CLERK);
      expect(first.stage).toBe('requested');
      const second = given(returns, unsaleable, ...(first.events as ReturnEvent[])).when(review('finance'), FINANCE);
      expect(second.stage).toBe('reviewed');
      expect(given(returns, ...bothReviewed).when(approve(), OPERATIONS).stage).toBe('approved');
      expect(given(returns, ...bothReviewed).when(approve(), HEAD)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-16' });
      expect(given(returns, unsaleable, reviewed('finance', 'finance')).when(approve(), OPERATIONS).refused).toBe('wrong-stage');
    });

    it('P002B-16 nobody signs twice, neither for the same party nor for another', () => {
      const once = [unsaleable, reviewed('after-sales', 'clerk')];
      expect(given(returns, ...once).when(review('after-sales'), who('clerk', 'x')).refused).toBe('already-signed');
      expect(given(returns, ...once).when(review('finance'), who('finance', 'clerk')).refused).toBe('separation-of-duties');
      expect(given(returns, ...bothReviewed).when(approve(), who('operations-head', 'finance')).refused).toBe('separation-of-duties');
    });

    it('P002B-17 an approval names what it takes of the customer’s rate', () => {
      expect(given(returns, ...bothReviewed).when(approve(), OPERATIONS).events[0]?.data).toEqual({
        asException: false, account: 'operations-head', customerId: 'c-1', reason: 'unsaleable', kind: 'exchange', quantity: 10,
      });
    });

    it('P002B-19 quality returns: the head of after-sales reviews and approves, without any rate', () => {
      const facts = { bought: 0, exchanged: 0, lastBoughtOn: null };
      expect(given(returns, requested('quality')).when(review('after-sales', facts), CLERK)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-19-review' });
      const then = given(returns, requested('quality')).when(review('after-sales', facts), HEAD);
      expect(then.stage).toBe('reviewed');
      const given2 = given(returns, requested('quality'), ...(then.events as ReturnEvent[]));
      expect(given2.when(approve(facts), HEAD).stage).toBe('approved');
      expect(given2.when(approve(facts), OPERATIONS).refused).toBe('not-your-role');
    });

    it('P002B-17 the exchange rate: ten per cent is within, one piece more is not', () => {
      expect(given(returns, unsaleable).when(review('after-sales', { exchanged: 90 }), CLERK).refused).toBeNull();
      expect(given(returns, unsaleable).when(review('after-sales', { exchanged: 91 }), CLERK)).toMatchObject({ refused: 'over-exchange-rate', rule: 'P002B-17-rate' });
      expect(given(returns, unsaleable).when(review('after-sales', { bought: 999 }), CLERK).refused).toBe('over-exchange-rate');
    });

    it('P002B-17 the exchange window: day 180 is inside, day 181 is not', () => {
      const boughtOn = (lastBoughtOn: string) => given(returns, unsaleable).when(review('after-sales', { lastBoughtOn }), CLERK).refused;
      expect(boughtOn('2025-09-12')).toBeNull();
      expect(boughtOn('2025-09-11')).toBe('outside-window');
    });

    it('P002B-16 the inputs of the judgement are recorded with the signature', () => {
      expect(given(returns, unsaleable).when(review('after-sales'), CLERK).events[0]?.policy).toEqual({
        id: 'P002B', version: '1', rule: 'P002B-16', outcome: 'accept',
        inputs: {
          reason: 'unsaleable', withinRate: true, withinWindow: true, 'from.return.eligibility.quality': 'P002A-17: accept',
          'from.expiresOn': '2027-06-01', 'from.today': '2026-03-11', 'from.bought': 1000, 'from.exchanged': 90, 'from.quantity': 10,
          'from.limitBasisPoints': 1000, 'from.lastBoughtOn': '2026-01-01', 'from.requestedOn': '2026-03-11', 'from.windowDays': 180,
        },
      });
    });

    it('P002A-17 the lot: its last day still counts, in business time', () => {
      const expiring = (lotExpiresOn: string | null, now = NOW) => given(returns, requested('other')).when(review('after-sales', { lotExpiresOn }), { ...HEAD, now });
      expect(expiring('2026-03-11').refused).toBeNull();
      expect(expiring('2026-03-10')).toMatchObject({ refused: 'lot-expired', rule: 'P002A-17-not-defective' });
      expect(expiring('2026-03-11', '2026-03-11T15:59:59.999Z').refused).toBeNull();
      expect(expiring('2026-03-11', '2026-03-11T16:00:00.000Z').refused).toBe('lot-expired');
    });

    it('P002A-17 an unknown expiry is a question for a person, who reads it off the goods; the registry goes first', () => {
      const unknown = requested('quality', { goods: { ...GOODS, expiresOn: null } });
      const asked = given(returns, unknown).when(review('after-sales', { lotExpiresOn: null }), HEAD);
      expect(asked.events).toMatchObject([{ type: 'ReturnEligibilityUndetermined', data: { why: 'missing-input', obstacles: ['lot-expiry-unknown'] } }]);
      const waiting = given(returns, unknown, ...(asked.events as ReturnEvent[]));
      expect(waiting.when(review('after-sales', { lotExpiresOn: null }), HEAD)).toMatchObject({ refused: 'eligibility-undetermined', field: 'expiresOn' });
      expect(waiting.when(review('after-sales', { lotExpiresOn: null }, '2026-12-31'), HEAD).state.own).toMatchObject({ stage: 'reviewed', eligibilityOpen: null });
      const checked = given(returns, unknown).when(review('after-sales', { lotExpiresOn: null }, '2026-12-31'), HEAD);
      expect(checked.stage).toBe('reviewed');
      expect(given(returns, unknown, ...(checked.events as ReturnEvent[])).when(approve({ lotExpiresOn: null }), HEAD).refused).toBeNull();
      expect(given(returns, unknown).when(review('after-sales', { lotExpiresOn: '2026-01-01' }, '2026-12-31'), HEAD).events).toMatchObject([{ data: { obstacles: ['lot-expired'] } }]);
    });

    it('P000-37 goods that came back because they expired, or because we sent the wrong ones, may be expired', () => {
      for (const reason of ['expired', 'mis-shipped'] as const) {
        expect(given(returns, requested(reason)).when(review('after-sales', { lotExpiresOn: '2020-01-01' }), CLERK).refused).toBeNull();
      }
    });

    it('P002A-17 P002B-16 approval judges again what may have changed since the review', () => {
      expect(given(returns, ...bothReviewed).when(approve({ exchanged: 91 }), OPERATIONS).refused).toBe('over-exchange-rate');
      expect(given(returns, requested('other'), reviewed('after-sales', 'a')).when(approve({ lotExpiresOn: '2026-03-10' }), HEAD).refused).toBe('lot-expired');
    });

    it('P001E-07 what cannot be decided is referred, and a signature answers it', () => {
      const referred = given(returns, requested('quality')).when({ type: 'ReferReturn', why: 'unclear' }, QUALITY);
      expect(referred.state.own).toMatchObject({ stage: 'requested', referred: true });
      const answered = given(returns, requested('quality'), ...(referred.events as ReturnEvent[])).when(review('after-sales'), HEAD);
      expect(answered.state.own).toMatchObject({ stage: 'reviewed', referred: false });
    });
  });

  describe('rejection and exception', () => {
    it('P002B-17 a rejection explains itself and names a ground that is there', () => {
      const reject = (ground: 'outside-window' | 'unjustified'): ReturnCommand => ({ type: 'RejectReturn', ground, explanation: '超过期限', facts: FACTS });
      expect(given(returns, unsaleable).when(reject('outside-window'), CLERK)).toMatchObject({ refused: 'ground-not-there', field: 'ground' });
      const then = given(returns, unsaleable).when({ ...reject('outside-window'), facts: { ...FACTS, lastBoughtOn: '2025-01-01' } } as ReturnCommand, CLERK);
      expect(then.events[0]).toMatchObject({ data: { caseId: CASE_ID, round: 2, ground: 'outside-window' }, personal: { fields: { explanation: '超过期限' } } });
      expect(given(returns, unsaleable).when(reject('unjustified'), CLERK).stage).toBe('rejected');
    });

    it('P002B-18 only the company leader allows a special case, and not his own', () => {
      const ask: ReturnCommand = { type: 'RequestException', ground: 'lot-expired', why: 'long-standing customer', facts: { ...FACTS, lotExpiresOn: '2026-01-01' } };
      expect(given(returns, unsaleable).when({ ...ask, facts: FACTS }, CLERK).refused).toBe('ground-not-there');
      const asked = given(returns, unsaleable).when(ask, CLERK);
      expect(asked.stage).toBe('exception-requested');
      const waiting = given(returns, unsaleable, ...(asked.events as ReturnEvent[]));
      expect(waiting.when({ type: 'ApproveException' }, OPERATIONS)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-18' });
      expect(waiting.when({ type: 'ApproveException' }, who('leader', 'clerk')).refused).toBe('separation-of-duties');
      expect(waiting.when({ type: 'ApproveException' }, LEADER).events[0]?.data).toMatchObject({ asException: true, account: 'leader', customerId: 'c-1', quantity: 10 });
      expect(waiting.when({ type: 'RefuseException', explanation: 'no' }, LEADER).events[0]?.data).toMatchObject({ ground: 'exception-refused' });
      expect(waiting.when(approve(), OPERATIONS).refused).toBe('wrong-stage');
    });
  });

  describe('on the road', () => {
    it('P002B-20 P002B-21 no transport order, no pick-up; and only what and whom it names', () => {
      const fetch = (order: string): ReturnCommand => ({ type: 'PickUp', order });
      const waiting = [requested('quality'), reviewed('after-sales', 'a'), approved, instructed, arrived];
      expect(given(returns, ...waiting).when(fetch('TO-1'), DRIVER)).toMatchObject({ refused: 'no-transport-order', rule: 'P002B-21' });
      const issued = given(returns, ...waiting).when({ type: 'IssueTransportOrder', driver: 'driver' }, HEAD);
      expect(issued.events[0]?.data).toEqual({ order: SUBJECT_ID, driver: 'driver' });
      expect(given(returns, ...waiting, ordered).when(fetch('TO-2'), DRIVER)).toMatchObject({ refused: 'transport-order-mismatch', field: 'order' });
      expect(given(returns, ...waiting, ordered).when(fetch('TO-1'), who('driver', 'other'))).toMatchObject({ refused: 'not-your-order', rule: 'P002B-12' });
      expect(given(returns, ...waiting, ordered).when(fetch('TO-1'), DRIVER).stage).toBe('picked-up');
      expect(given(returns, ...waiting, ordered, pickedUp).when(fetch('TO-1'), DRIVER).refused).toBe('no-transport-order');
    });

    it('P000-17 P000-16 the way of the parcel can be followed, in UTC', () => {
      const news: ReturnCommand = { type: 'UpdateShipment', leg: 'to-company', status: 'in-transit', at: '2026-03-11T10:00:00+08:00' };
      const then = given(returns, requested('quality'), reviewed('after-sales', 'a'), approved).when(news);
      expect(then.state.own).toMatchObject({ stage: 'approved', shipments: [{ leg: 'to-company', status: 'in-transit', at: '2026-03-11T02:00:00.000Z' }] });
    });
  });

  describe('an end before the goods are in', () => {
    const cancel: ReturnCommand = { type: 'CancelReturn', reason: '客户未寄出' };
    const door = atTheDoor();

    it('P002B-16 P002B-20 goods that never come end the return, with its compensation and the reason in words', () => {
      for (let stage = 1; stage <= door.length; stage += 1) {
        expect(given(returns, ...door.slice(0, stage)).when(cancel, HEAD)).toMatchObject({ types: ['ReturnCancelled'], stage: 'cancelled' });
      }
      expect(given(returns, ...door).when(cancel, HEAD).events[0]).toEqual({
        type: 'ReturnCancelled', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', compensation: { minor: 5000, currency: 'CNY' } },
        personal: { subject: SUBJECT_ID, fields: { reason: '客户未寄出' } },
      });
      expect(given(returns, ...door, received()).when(cancel, HEAD).refused).toBe('wrong-stage');
    });

    it('P002B-16 P002B-19 the clerk cancels an application, the head of after-sales what was approved', () => {
      expect(given(returns, ...door.slice(0, 2)).when(cancel, CLERK).refused).toBeNull();
      expect(given(returns, ...door.slice(0, 3)).when(cancel, CLERK)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-19' });
      expect(given(returns, requested('quality')).when(cancel, DRIVER).refused).toBe('not-your-role');
    });

    it('P002B-14 a plan fixed anew opens a cancelled return again', () => {
      const cancelled: ReturnEvent = { type: 'ReturnCancelled', data: { caseId: CASE_ID, round: 2, customerId: 'c-1', compensation: null } };
      const plan: ReturnCommand = {
        type: 'RequestReturnForCase', caseId: CASE_ID, round: 2, subject: 's-1', customerId: 'c-1', reason: 'quality', kind: 'return', goods: GOODS,
        verdict: 'nonconforming', compensation: null,
      };
      expect(given(returns, ...door, cancelled).when(plan).stage).toBe('requested');
    });

    it('P002B-20 P002B-21 an order is issued anew while the goods wait; the former one fetches nothing any more', () => {
      const reissue: ReturnCommand = { type: 'ReissueTransportOrder', driver: 'other' };
      const then = given(returns, ...door.slice(0, 6)).when(reissue, { ...HEAD, freshId: 'TO-2' });
      expect(then.events).toEqual([{ type: 'ReturnTransportOrderIssued', data: { order: 'TO-2', driver: 'other' } }]);
      const waiting = given(returns, ...door.slice(0, 6), ...(then.events as ReturnEvent[]));
      expect(waiting.when({ type: 'PickUp', order: 'TO-1' }, who('driver', 'other'))).toMatchObject({ refused: 'transport-order-mismatch' });
      expect(waiting.when({ type: 'PickUp', order: 'TO-2' }, DRIVER)).toMatchObject({ refused: 'not-your-order' });
      expect(waiting.when({ type: 'PickUp', order: 'TO-2' }, who('driver', 'other')).stage).toBe('picked-up');
      expect(given(returns, ...door.slice(0, 5)).when(reissue, HEAD).refused).toBe('wrong-stage');
      expect(given(returns, ...door).when(reissue, HEAD).refused).toBe('wrong-stage');
    });
  });

  describe('at the warehouse', () => {
    it('P001E-30 P002B-08 P001E-24 a count that differs is named: short, wrong, damaged', () => {
      const door = given(returns, ...atTheDoor());
      expect(door.when(receive(9))).toMatchObject({ refused: 'discrepancy-unnamed', rule: 'P001E-30' });
      expect(door.when(receive(11)).refused).toBe('discrepancy-unnamed');
      expect(door.when(receive(9, 'short')).stage).toBe('received');
      expect(door.when(receive(10, 'short')).refused).toBe('not-short');
      expect(door.when(receive(10)).stage).toBe('received');
    });

    it('P001E-30 no stock-in before the discrepancy is settled; the surplus is no part of the return', () => {
      const open = [...atTheDoor(), received(12, 'wrong'), inspected(), ...allSigned];
      expect(given(returns, ...open).when({ type: 'StockIn' })).toMatchObject({ refused: 'discrepancy-open', rule: 'P001E-30' });
      const settled = given(returns, ...open).when({ type: 'SettleDiscrepancy', confirmed: true, settlement: 'two belong to another order' }, HEAD);
      const then = given(returns, ...open, ...(settled.events as ReturnEvent[])).when({ type: 'StockIn' });
      expect(then.events[0]?.data).toEqual({ caseId: CASE_ID, round: 2, customerId: 'c-1', kind: 'exchange', quantity: 10, compensation: { minor: 5000, currency: 'CNY' } });
      expect(given(returns, ...atTheDoor(), received()).when({ type: 'SettleDiscrepancy', confirmed: true, settlement: 's' }).refused).toBe('no-open-discrepancy');
    });

    it('P002B-24 refusing takes a written statement of damage by the customer', () => {
      const refuse = (customerDamage: boolean): ReturnCommand => ({ type: 'RefuseInspection', customerDamage, statement: '外壳摔裂' });
      const then = given(returns, ...atTheDoor(), received()).when(refuse(true), QUALITY);
      expect(then).toMatchObject({ stage: 'refused', events: [{ data: { caseId: CASE_ID, round: 2, customerId: 'c-1', customerDamage: true, compensation: { minor: 5000, currency: 'CNY' } }, personal: { fields: { statement: '外壳摔裂' } } }] });
      expect(given(returns, ...atTheDoor(), received()).when(refuse(false), QUALITY)).toMatchObject({ refused: 'no-ground-for-refusal', rule: 'P002B-24' });
      expect(given(returns, ...atTheDoor(), received(), inspected(true)).when(refuse(false), QUALITY).refused).toBe('no-ground-for-refusal');
      expect(given(returns, ...atTheDoor(), received(), inspected(false)).when(refuse(false), QUALITY).stage).toBe('refused');
    });

    it('P002B-23 what the maker did wrong never falls on the customer', () => {
      const then = given(returns, ...atTheDoor(), received(), inspected(false, true)).when({ type: 'RefuseInspection', customerDamage: true, statement: 's' }, QUALITY);
      expect(then).toMatchObject({ refused: 'makers-fault', rule: 'P002B-23' });
    });

    it('P002B-25 P002B-05 no stock-in without the three signatures, each by its role and another person', () => {
      const open = [...atTheDoor(), received(), inspected()];
      const sign = (signer: 'after-sales' | 'operations' | 'quality'): ReturnCommand => ({ type: 'SignStockIn', signer });
      for (const missing of allSigned) {
        const two = allSigned.filter((signature) => signature !== missing);
        expect(given(returns, ...open, ...two).when({ type: 'StockIn' })).toMatchObject({ refused: 'signatures-missing', rule: 'P002B-25' });
      }
      expect(given(returns, ...open, ...allSigned).when({ type: 'StockIn' }).stage).toBe('stocked-in');
      expect([given(returns, ...open).when(sign('after-sales'), HEAD), given(returns, ...open).when(sign('operations'), OPERATIONS),
        given(returns, ...open).when(sign('quality'), QUALITY)].map(({ types }) => types)).toEqual(Array(3).fill(['StockInSigned']));
      expect(given(returns, ...open).when(sign('quality'), QUALITY).events[0]?.policy).toMatchObject({
        id: 'P002B', rule: 'P002B-25-quality', inputs: { step: 'stock-in', signer: 'quality' }, outcome: 'logistics.quality',
      });
      expect(given(returns, ...open).when(sign('quality'), HEAD)).toMatchObject({ refused: 'not-your-role', rule: 'P002B-25-quality' });
      expect(given(returns, ...open, signed('quality')).when(sign('quality'), who('quality', 'q2')).refused).toBe('already-signed');
      expect(given(returns, ...open, signed('quality', 'x')).when(sign('operations'), who('operations-head', 'x')).refused).toBe('separation-of-duties');
    });

    it('P002B-22 P002B-04 quality signs unsaleable goods only while their quality is intact', () => {
      const open = (intact: boolean, makersFault: boolean) => given(returns, ...atTheDoor('unsaleable'), received(), inspected(intact, makersFault));
      const sign: ReturnCommand = { type: 'SignStockIn', signer: 'quality' };
      expect(open(true, false).when(sign, QUALITY).refused).toBeNull();
      expect(open(false, false).when(sign, QUALITY)).toMatchObject({ refused: 'not-intact', rule: 'P002B-22' });
      expect(open(false, true).when(sign, QUALITY).refused).toBeNull();
      expect(given(returns, ...atTheDoor('quality'), received(), inspected(false)).when(sign, QUALITY).refused).toBeNull();
    });
  });

  describe('after stock-in', () => {
    const value = (quantity: number): ReturnCommand => ({ type: 'RecordValue', quantity, value: { minor: 99_900, currency: 'CNY' } });
    it('P002B-28 P002B-09 the value covers exactly what was stocked in', () => {
      expect(given(returns, requested('quality'), stockedIn()).when(value(9))).toMatchObject({ refused: 'quantity-differs', rule: 'P002B-28' });
      expect(given(returns, requested('quality'), stockedIn()).when(value(10)).stage).toBe('valued');
    });

    it('P002B-29 the slip is due at noon of the next day, business time, and sending it meets the clock', () => {
      const at = (now: string) => given(returns, requested('quality'), stockedIn()).when(value(10), { now });
      const dueAt = (now: string) => at(now).state.clocks['P002B/return.slip_to_customer']?.dueAt;
      expect(dueAt('2026-03-11T15:59:59.999Z')).toBe('2026-03-12T04:00:00.000Z');
      expect(dueAt('2026-03-11T16:00:00.000Z')).toBe('2026-03-13T04:00:00.000Z');
      const sent = returns.decider.decide({ type: 'SendSlip', slip: 'S-1' }, at(NOW).state, {
        id: CASE_ID, freshId: '', now: '2026-03-12T04:00:00.001Z', actor: CLERK.actor, policy: policySet(),
      });
      expect(sent).toEqual([
        { type: 'ReturnSlipSent', data: { slip: 'S-1' } },
        expect.objectContaining({ type: 'DeadlineBreached', data: expect.objectContaining({ lateByMs: 1 }) }),
        { type: 'DeadlinesMet', data: { clocks: [{ clock: 'P002B/return.slip_to_customer', dueAt: '2026-03-12T04:00:00.000Z', late: true, doneAt: null }] } },
      ]);
    });

    it('P002B-10 P002B-26 is complete when the customer holds the slip, and the new goods where some were promised', () => {
      const send: ReturnCommand = { type: 'SendSlip', slip: 'S-1' };
      const ship: ReturnCommand = { type: 'ShipExchange', tracking: 'T-1', productCode: 'DV-100' };
      expect(given(returns, requested('quality', { kind: 'return' }), stockedIn('return'), valued).when(send).stage).toBe('completed');
      expect(given(returns, requested('quality', { kind: 'return' }), stockedIn('return')).when(ship).refused).toBe('wrong-stage');
      expect(given(returns, requested('quality'), stockedIn(), valued).when(send).stage).toBe('valued');
      expect(given(returns, requested('quality'), stockedIn(), valued, slipSent).when(ship).stage).toBe('completed');
      expect(given(returns, requested('quality'), stockedIn(), shipped, valued).when(send).stage).toBe('completed');
      expect(given(returns, requested('quality'), stockedIn(), valued, slipSent).when(send).refused).toBe('wrong-stage');
      expect(given(returns, requested('quality'), stockedIn(), shipped).when(ship).refused).toBe('wrong-stage');
    });
  });

  it('answers every stage x command pair', () => {
    const door = atTheDoor();
    const stages = {
      new: [], requested: [requested('quality')], reviewed: door.slice(0, 2),
      'exception-requested': [requested('quality'), { type: 'ReturnExceptionRequested', data: { ground: 'lot-expired', account: 'a' } } as ReturnEvent],
      approved: door.slice(0, 3), instructed: door.slice(0, 4), arrived: door.slice(0, 5), ordered: door.slice(0, 6), 'picked-up': door,
      received: [...door, received(9, 'short')], inspected: [...door, received(9, 'short'), inspected()],
      refused: [...door, received(), { type: 'ReturnInspectionRefused', data: { caseId: null, round: 1, customerDamage: true } } as ReturnEvent],
      'stocked-in': [...door, received(), inspected(), ...allSigned, stockedIn()],
      valued: [...door, received(), inspected(), ...allSigned, stockedIn(), valued],
      completed: [...door, received(), inspected(), ...allSigned, stockedIn(), valued, shipped, slipSent],
      rejected: [requested('quality'), { type: 'ReturnRejected', data: { caseId: null, round: 1, ground: 'unjustified' } } as ReturnEvent],
      cancelled: [requested('quality'), { type: 'ReturnCancelled', data: { caseId: null, round: 1 } } as ReturnEvent],
    };
    const commands: ReturnCommand[] = [
      form, {
        type: 'RequestReturnForCase', caseId: CASE_ID, round: 1, subject: null, customerId: null, reason: 'other', kind: 'return', goods: null,
        verdict: null, compensation: null,
      },
      { type: 'ReferReturn', why: 'w' }, { type: 'DecideEligibility', decision: 'accept', reasoning: 'r', facts: FACTS },
      { type: 'AppointSignatory', signer: 'quality', role: 'logistics.leader', reasoning: 'r' }, review('after-sales'), approve(), { type: 'RejectReturn', ground: 'unjustified', explanation: 'e', facts: FACTS },
      { type: 'RequestException', ground: 'lot-expired', why: 'w', facts: { ...FACTS, lotExpiresOn: '2020-01-01' } }, { type: 'ApproveException' },
      { type: 'RefuseException', explanation: 'e' }, { type: 'SendInstruction', instruction: 'i' },
      { type: 'NotifyArrival', station: 'North', arrivedAt: NOW }, { type: 'IssueTransportOrder', driver: 'd' }, { type: 'PickUp', order: 'TO-1' },
      receive(10), { type: 'SettleDiscrepancy', confirmed: true, settlement: 's' },
      { type: 'InspectReturn', intact: true, makersFault: false, finding: 'f' }, { type: 'RefuseInspection', customerDamage: true, statement: 's' },
      { type: 'SignStockIn', signer: 'after-sales' }, { type: 'StockIn' }, { type: 'RecordValue', quantity: 10, value: { minor: 1, currency: 'CNY' } },
      { type: 'SendSlip', slip: 'S' }, { type: 'UpdateShipment', leg: 'to-customer', status: 'delivered', at: NOW },
      { type: 'ShipExchange', tracking: 'T', productCode: 'DV-100' }, { type: 'CancelReturn', reason: 'r' }, { type: 'ReissueTransportOrder', driver: 'e' },
    ];
    expect(everyPair(returns, stages, commands)).toMatchSnapshot();
  });
});
