import { eventType, exactly, id, type EventsOf } from '../event-type.js';

const lot = { productCode: id, lot: id };

/** P002A-21: the lot cannot be picked. */
export const OutboundHoldPlaced = eventType('OutboundHoldPlaced', 1, exactly({ ...lot, caseId: id }));
export const HoldLabelApplied = eventType('HoldLabelApplied', 1, exactly({ ...lot, place: id }));
/** P002A-16. */
export const OutboundHoldReleased = eventType('OutboundHoldReleased', 1, exactly({ ...lot, caseId: id }));

export const warehouseHoldEvents = { OutboundHoldPlaced, HoldLabelApplied, OutboundHoldReleased };
export type WarehouseHoldEvent = EventsOf<typeof warehouseHoldEvents>;
