import { eventType, exactly, id, orNull, type EventsOf } from '../event-type.js';

/** P001E-05: the courier takes a device that the customer wants repaired. */
export const ItemTakenForRepair = eventType('ItemTakenForRepair', 1, exactly({
  caseId: orNull(id), subject: id, customerId: id, productCode: id, serial: orNull(id), courier: id,
}), ['defect']);
/** P001E-05: at the device customer-service team; `receivedBy` is an account of theirs. */
export const RepairItemHandedOver = eventType('RepairItemHandedOver', 1, exactly({ receivedBy: id }));
/** P001E-06. */
export const ItemReturnedToCustomer = eventType('ItemReturnedToCustomer', 1, exactly({ customerId: id, courier: id }));

export const repairItemEvents = { ItemTakenForRepair, RepairItemHandedOver, ItemReturnedToCustomer };
export type RepairItemEvent = EventsOf<typeof repairItemEvents>;
