import type { ReturnFacts } from 'aftercare/contracts';
import type { ClockKey } from 'aftercare/policy';
import { Driven, onlyClock, shanghai } from 'aftercare/testing';
import type { ReturnCommand } from './return.js';
import { returns } from './return.decide.js';

const FACTS: ReturnFacts = { lotExpiresOn: '2027-06-01', bought: 1000, exchanged: 0, lastBoughtOn: '2026-01-01' };
const request: ReturnCommand = {
  type: 'RequestReturn', customer: '仁和药房', orderNumber: 'SO-1', reason: 'quality', kind: 'return', goods: { productCode: 'DV-100', lot: 'L-77' },
  quantity: 10, details: '按键失灵',
};
const reject: ReturnCommand = { type: 'RejectReturn', ground: 'unjustified', explanation: '不符合', facts: FACTS };
const review: ReturnCommand = { type: 'ReviewReturn', signer: 'after-sales', facts: FACTS };
const refer: ReturnCommand = { type: 'ReferReturn', why: '不清楚' };
const approve: ReturnCommand = { type: 'ApproveReturn', facts: FACTS };
const cancel: ReturnCommand = { type: 'CancelReturn', reason: '客户撤回' };
const instruct: ReturnCommand = { type: 'SendInstruction', instruction: '请寄回' };
const arrive: ReturnCommand = { type: 'NotifyArrival', station: 'North', arrivedAt: shanghai('2026-03-11 06:00') };
const orderIt: ReturnCommand = { type: 'IssueTransportOrder', driver: 'head' };
const receive: ReturnCommand = { type: 'ReceiveReturn', quantity: 10 };
const inspect: ReturnCommand = { type: 'InspectReturn', intact: true, makersFault: true, finding: '不合格' };
const refuseIt: ReturnCommand = { type: 'RefuseInspection', customerDamage: true, statement: '摔坏' };
const sign = (signer: 'after-sales' | 'operations' | 'quality'): ReturnCommand => ({ type: 'SignStockIn', signer });
const value: ReturnCommand = { type: 'RecordValue', quantity: 10, value: { minor: 99_900, currency: 'CNY' } };
const slip: ReturnCommand = { type: 'SendSlip', slip: 'S-1' };

const HEAD = { id: 'head', role: 'logistics.after-sales-head' };
const SIGNERS = { 'after-sales': HEAD, operations: { id: 'o', role: 'logistics.operations-head' }, quality: { id: 'q', role: 'logistics.quality' } };

type OneReturn = ReturnType<typeof requested>;
const requested = (key: ClockKey, over: object = {}) => {
  const one = new Driven(returns, { policy: onlyClock(key, over), actor: HEAD });
  one.send('2026-03-11 09:00', request);
  return one;
};
const go = (one: OneReturn, ...commands: readonly ReturnCommand[]): OneReturn => {
  for (const command of commands) one.send('2026-03-11 10:00', command, command.type === 'SignStockIn' ? SIGNERS[command.signer] : HEAD);
  return one;
};
const pickUp = (one: OneReturn): OneReturn => {
  const { own } = one.state;
  return go(one, { type: 'PickUp', order: own.stage === 'ordered' ? own.order : '' });
};
const approved = (key: ClockKey) => go(requested(key), review, approve);
const ordered = (key: ClockKey, over: object = {}) => go(requested(key, over), review, approve, instruct, arrive, orderIt);
const received = (key: ClockKey, over: object = {}) => go(pickUp(ordered(key, over)), receive);
const stockedIn = (key: ClockKey) => go(received(key), inspect, sign('after-sales'), sign('operations'), sign('quality'), { type: 'StockIn' });

const met = (key: ClockKey) => [{ type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock: `ours/${key}`, late: false })] } }];
const dropped = (key: ClockKey) => [{ type: 'DeadlinesDropped', data: expect.objectContaining({ clocks: [`ours/${key}`] }) }];
const at = '2026-03-11 11:00';

describe('the clocks of a return, where a company fills them', () => {
  it.each<[string, ReturnCommand]>([['review', review], ['referral', refer], ['rejection', reject]])(
    'P002B-15 whoever has the list signs for it within its time: the first %s shows that', (_, command) => {
      const one = requested('return.request_acknowledge');
      expect(one.running()).toEqual({ 'ours/return.request_acknowledge': '2026-03-12 09:00' });
      expect(one.send(at, command)).toEqual(met('return.request_acknowledge'));
    });

  it('P002B-15 a request taken back owes no signature', () => {
    expect(requested('return.request_acknowledge').send(at, cancel)).toEqual(dropped('return.request_acknowledge'));
  });

  it('P002B-16 the customer is told to return the goods within its time, counted from the approval', () => {
    const one = approved('return.instruction_notice');
    expect(one.running()).toEqual({ 'ours/return.instruction_notice': '2026-03-12 10:00' });
    expect(one.send(at, instruct)).toEqual(met('return.instruction_notice'));
    expect(approved('return.instruction_notice').send(at, cancel)).toEqual(dropped('return.instruction_notice'));
  });

  it('P000-16 goods come back within its time, counted from the approval', () => {
    const one = pickUp(ordered('return.logistics_handling'));
    expect(one.running()).toEqual({ 'ours/return.logistics_handling': '2026-03-12 10:00' });
    expect(one.send(at, receive)).toEqual(met('return.logistics_handling'));
    expect(approved('return.logistics_handling').send(at, cancel)).toEqual(dropped('return.logistics_handling'));
  });

  it('P002B-20 the transport order goes out within its time, counted from the notice of the station and not from the arrival', () => {
    const arrived = () => go(approved('return.transport_order'), instruct, arrive);
    expect(arrived().running()).toEqual({ 'ours/return.transport_order': '2026-03-12 10:00' });
    expect(arrived().send(at, orderIt)).toEqual(met('return.transport_order'));
    expect(arrived().send(at, cancel)).toEqual(dropped('return.transport_order'));
  });

  it.each<[string, ReturnCommand]>([['found', inspect], ['refused', refuseIt]])('P002B-23 goods are inspected within its time, counted from receipt: %s', (_, command) => {
    const one = received('return.inspection');
    expect(one.running()).toEqual({ 'ours/return.inspection': '2026-03-12 10:00' });
    expect(one.send(at, command)).toEqual(met('return.inspection'));
  });

  it('P002B-23 a pack may ask for the reason of the return: what it does not name is not timed', () => {
    expect(received('return.inspection', { when: { reason: ['quality'] } }).running()).toEqual({ 'ours/return.inspection': '2026-03-12 10:00' });
    expect(received('return.inspection', { when: { reason: ['unsaleable'] } }).running()).toEqual({});
  });

  it('P002B-28 quantity and amount are recorded within its time, counted from the stock-in', () => {
    const one = stockedIn('return.value_entry');
    expect(one.running()).toEqual({ 'ours/return.value_entry': '2026-03-12 10:00' });
    expect(one.send(at, value)).toEqual(met('return.value_entry'));
  });

  it('P001E-26 the customer learns what became of the goods within its time, counted from the inspection', () => {
    expect(received('return.outcome_notice').running()).toEqual({});
    const one = go(stockedIn('return.outcome_notice'), value);
    expect(one.running()).toEqual({ 'ours/return.outcome_notice': '2026-03-12 10:00' });
    expect(one.send(at, slip)).toEqual(met('return.outcome_notice'));
    const damaged: ReturnCommand = { type: 'InspectReturn', intact: false, makersFault: false, finding: '摔坏' };
    expect(go(received('return.outcome_notice'), damaged).send(at, refuseIt)).toEqual(met('return.outcome_notice'));
  });

  it('the example company inspects returns for quality within two working days', () => {
    const one = new Driven(returns, { actor: HEAD });
    one.send('2026-03-13 09:00', request);
    for (const command of [review, approve, instruct, arrive, orderIt]) one.send('2026-03-13 10:00', command);
    pickUp(one);
    one.send('2026-03-13 10:00', receive);
    expect(one.running()).toEqual({ 'example/return.inspection': '2026-03-17 10:00' });
  });
});
