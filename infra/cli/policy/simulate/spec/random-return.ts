import { idAt, type Recording } from 'aftercare/testing';
import { returns } from '../../../../../services/logistics/src/return/return.decide.js';
import type { Draw } from './random-case.js';
import { walk, type Told } from './random-walk.js';

const note = '已记录';
const goods = { productCode: 'DV-100', lot: 'L-77' };
const who = (role: string, id = role) => ({ id, role: `logistics.${role}` });
const HEAD = who('after-sales-head');
const SIGNERS = { 'after-sales': HEAD, operations: who('operations-head'), quality: who('quality'), finance: who('finance'), leader: who('leader') } as const;

/** One return, from the request to the slip or wherever it ends; what a rule leaves open a person decides. */
export function randomReturn(recording: Recording, draw: Draw, opened: string): string {
  const id = idAt(opened);
  const one = <T>(...choice: readonly T[]): T => choice[draw(choice.length)] as T;
  const facts = () => ({
    lotExpiresOn: one('2027-06-01', '2026-01-01', null), bought: one(1_000, 1_000, 0), exchanged: one(0, 900), lastBoughtOn: one('2026-01-01', '2024-01-01', null),
  });
  const order = (): string => (recording.events.findLast(({ type }) => type === 'ReturnTransportOrderIssued') as unknown as { data: { order: string } } | undefined)?.data.order ?? '';
  const sign = (signer: keyof typeof SIGNERS) => (): Told => ({ type: 'SignStockIn', signer, by: SIGNERS[signer] });
  const decide = (): Told => ({ type: 'DecideEligibility', decision: one('accept', 'refuse'), reasoning: note, facts: facts(), by: one(SIGNERS.leader, HEAD) });
  const reason = one('quality', 'unsaleable');
  return walk(recording, draw, {
    aggregate: returns, id, opened, steps: 30,
    course: [
      () => ({ type: 'RequestReturn', customerId: 'c-1', customer: '药房', orderNumber: 'SO-1', reason, kind: one('return', 'exchange'), goods, quantity: 10, details: note, temporary: draw(4) === 0 }),
      () => ({ type: 'ReviewReturn', signer: 'after-sales', facts: facts(), expiresOn: '2027-06-01', by: HEAD }), () => ({ type: 'ReviewReturn', signer: 'finance', facts: facts(), by: SIGNERS.finance }),
      () => ({ type: 'ApproveReturn', facts: facts(), by: one(SIGNERS.operations, SIGNERS.leader, HEAD) }), () => ({ type: 'SendInstruction', instruction: note, by: HEAD }),
      () => ({ type: 'NotifyArrival', station: 'North', arrivedAt: opened }), () => ({ type: 'IssueTransportOrder', driver: HEAD.id, by: HEAD }), () => ({ type: 'PickUp', order: order(), by: HEAD }),
      () => ({ type: 'ReceiveReturn', quantity: 10 }), () => ({ type: 'InspectReturn', intact: draw(2) === 0, makersFault: draw(2) === 0, finding: note, by: SIGNERS.quality }),
      sign('after-sales'), sign('operations'), sign('quality'), () => ({ type: 'StockIn', by: HEAD }),
      () => ({ type: 'RecordValue', quantity: 10, value: { minor: 99_900, currency: 'CNY' }, by: SIGNERS.finance }), () => ({ type: 'SendSlip', slip: 'S-1' }),
    ],
    others: [
      () => ({ type: 'ReferReturn', why: note }), () => ({ type: 'RejectReturn', ground: one('unjustified', 'lot-expired', 'over-exchange-rate'), explanation: note, facts: facts(), by: HEAD }),
      decide, decide, decide,
      () => ({ type: 'AppointSignatory', signer: one('after-sales', 'finance', 'operations', 'quality'), role: one('after-sales-head', 'operations-head', 'quality', 'finance'), reasoning: note, by: one(SIGNERS.leader, HEAD) }),
      () => ({ type: 'RequestException', ground: one('lot-expired', 'over-exchange-rate'), why: note, facts: facts() }), () => ({ type: 'ApproveException', by: SIGNERS.leader }), () => ({ type: 'RefuseException', explanation: note, by: SIGNERS.leader }),
      () => ({ type: 'RefuseInspection', customerDamage: true, statement: note, by: SIGNERS.quality }), () => ({ type: 'ReissueTransportOrder', driver: HEAD.id, by: HEAD }),
      () => ({ type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' }), () => ({ type: 'ResumeDeadlines' }),
    ],
  });
}
