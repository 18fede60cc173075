import type { WarehouseHoldEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type WarehouseHoldRow = {
  readonly productCode: string;
  readonly lot: string;
  readonly stage: string;
  readonly caseId: string;
  readonly labels: number;
  readonly places: readonly string[];
  readonly placedAt: string;
  readonly releasedAt: string | null;
};

/** What must not be picked (P002A-21). A picker asks by lot; `labels` 0 is the warehouse's list of what to mark. */
export const warehouseHoldView: View<WarehouseHoldRow, WarehouseHoldEvent> = defineView<WarehouseHoldRow, WarehouseHoldEvent>({
  name: 'warehouse_hold',
  shape: 1,
  columns: {
    productCode: 'text', lot: 'text', stage: 'text', caseId: 'text', labels: 'integer', places: 'json', placedAt: 'text', releasedAt: 'text',
  },
  indexed: ['lot', 'productCode', 'stage', 'placedAt'],
  key: (event) => (event.stream.startsWith('warehouseHold-') ? idOf(event.stream) : null),
  fold(row, event) {
    switch (event.type) {
      case 'OutboundHoldPlaced': {
        const { productCode, lot, caseId } = event.data;
        return { productCode, lot, stage: 'held', caseId, labels: 0, places: [], placedAt: event.recordedAt, releasedAt: null };
      }
      case 'HoldLabelApplied': return row && { ...row, labels: row.labels + 1, places: [...row.places, event.data.place] };
      case 'OutboundHoldReleased': return row && { ...row, stage: 'released', releasedAt: event.recordedAt };
      default: return row;
    }
  },
});
