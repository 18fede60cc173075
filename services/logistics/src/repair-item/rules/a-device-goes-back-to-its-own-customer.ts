import type { ReturnToCustomer } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/** P001E-06: the right customer, asked for at the door and compared with the record. */
export function aDeviceGoesBackToItsOwnCustomer(command: ReturnToCustomer, owner: string): Refusal | null {
  if (command.customerId === owner) return null;
  return refuse('not-their-device', {
    zh: '该设备不属于这位客户。', en: 'This device belongs to another customer.',
  }, { rule: 'P001E-06', field: 'customerId' });
}
