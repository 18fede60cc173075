import type { RepairItemEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type RepairItemRow = {
  readonly caseId: string | null;
  readonly stage: string;
  readonly customerId: string;
  readonly productCode: string;
  readonly serial: string | null;
  /** Account that answers for the device now; null once it is back with the customer. */
  readonly holder: string | null;
  readonly takenAt: string;
  readonly returnedAt: string | null;
  readonly personal: SealedTexts | null;
};

/** Customers' devices in our hands, and in whose. */
export const repairItemView: View<RepairItemRow, RepairItemEvent> = defineView<RepairItemRow, RepairItemEvent>({
  name: 'repair_item',
  shape: 1,
  columns: {
    caseId: 'text', stage: 'text', customerId: 'text', productCode: 'text', serial: 'text', holder: 'text', takenAt: 'text', returnedAt: 'text',
    personal: 'json',
  },
  indexed: ['stage', 'caseId', 'customerId', 'holder', 'takenAt'],
  key: (event) => (event.stream.startsWith('repairItem-') ? idOf(event.stream) : null),
  fold(row, event) {
    switch (event.type) {
      case 'ItemTakenForRepair': {
        const { caseId, customerId, productCode, serial, courier } = event.data;
        return {
          caseId, stage: 'taken', customerId, productCode, serial, holder: courier, takenAt: event.recordedAt, returnedAt: null,
          personal: sealedTexts(event),
        };
      }
      case 'RepairItemHandedOver': return row && { ...row, stage: 'handed-over', holder: event.data.receivedBy };
      case 'ItemReturnedToCustomer': return row && { ...row, stage: 'returned', holder: null, returnedAt: event.recordedAt };
      default: return row;
    }
  },
});
