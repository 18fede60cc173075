import type { RepairItemEvent } from 'aftercare/contracts';
import type { Recorded } from 'aftercare/kernel';
import { everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { RepairItemCommand } from './repair-item.js';
import { repairItem } from './repair-item.decide.js';
import { repairItemView, type RepairItemRow } from './repair-item.view.js';

const COURIER = { actor: { id: 'd-1', role: 'logistics.driver' } };
const taken: RepairItemEvent = {
  type: 'ItemTakenForRepair', data: { caseId: null, subject: SUBJECT_ID, customerId: 'c-1', productCode: 'DV-100', serial: 'SN-9', courier: 'd-1' },
};
const handedOver: RepairItemEvent = { type: 'RepairItemHandedOver', data: { receivedBy: 'u-5' } };
const returned: RepairItemEvent = { type: 'ItemReturnedToCustomer', data: { customerId: 'c-1', courier: 'd-1' } };
const take: RepairItemCommand = { type: 'TakeForRepair', customerId: 'c-1', productCode: 'DV-100', serial: 'SN-9', defect: '不出气' };
const handTo = (receivedBy: string): RepairItemCommand => ({ type: 'HandOverForRepair', receivedBy });
const giveTo = (customerId: string): RepairItemCommand => ({ type: 'ReturnToCustomer', customerId });

describe('a device brought in for repair', () => {
  it('P001E-05 is taken by the courier and handed to somebody else', () => {
    const then = given(repairItem).when(take, COURIER);
    expect(then.events[0]).toMatchObject({ data: { customerId: 'c-1', courier: 'd-1' }, personal: { subject: SUBJECT_ID, fields: { defect: '不出气' } } });
    expect(given(repairItem, taken).when(handTo('d-1'), COURIER)).toMatchObject({ refused: 'separation-of-duties', rule: 'P001E-05', field: 'receivedBy' });
    expect(given(repairItem, taken).when(handTo('u-5'), COURIER).state.own).toMatchObject({ stage: 'handed-over', receivedBy: 'u-5' });
  });

  it('P001E-06 goes back to its own customer and to nobody else', () => {
    expect(given(repairItem, taken, handedOver).when(giveTo('c-2'), COURIER)).toMatchObject({ refused: 'not-their-device', rule: 'P001E-06', field: 'customerId' });
    expect(given(repairItem, taken, handedOver).when(giveTo('c-1'), COURIER).stage).toBe('returned');
  });

  it('answers every stage x command pair', () => {
    const stages = { new: [], taken: [taken], 'handed-over': [taken, handedOver], returned: [taken, handedOver, returned] };
    expect(everyPair(repairItem, stages, [take, handTo('u-5'), giveTo('c-1')])).toEqual({
      new: { TakeForRepair: 'ItemTakenForRepair', HandOverForRepair: 'wrong-stage', ReturnToCustomer: 'wrong-stage' },
      taken: { TakeForRepair: 'wrong-stage', HandOverForRepair: 'RepairItemHandedOver', ReturnToCustomer: 'wrong-stage' },
      'handed-over': { TakeForRepair: 'wrong-stage', HandOverForRepair: 'wrong-stage', ReturnToCustomer: 'ItemReturnedToCustomer' },
      returned: { TakeForRepair: 'wrong-stage', HandOverForRepair: 'wrong-stage', ReturnToCustomer: 'wrong-stage' },
    });
  });

  it('P001E-05 P001E-06 the list shows in whose hands it is', () => {
    const rows = [taken, handedOver, returned]
      .map((event) => ({ ...event, stream: 'repairItem-x', recordedAt: NOW, personal: null }) as unknown as Recorded<RepairItemEvent>)
      .reduce<(RepairItemRow | null)[]>((seen, event) => [...seen, repairItemView.fold(seen.at(-1) ?? null, event)], []);
    expect(rows.map((row) => [row?.stage, row?.holder])).toEqual([['taken', 'd-1'], ['handed-over', 'u-5'], ['returned', null]]);
  });
});
