import type { CustomerEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type CustomerRow = {
  readonly kind: string;
  readonly region: string | null;
  readonly grade: string | null;
  readonly personal: SealedTexts | null;
};

/** The customer file (客户档案). */
export const customerView: View<CustomerRow, CustomerEvent> = defineView<CustomerRow, CustomerEvent>({
  name: 'customer', shape: 1,
  columns: { kind: 'text', region: 'text', grade: 'text', personal: 'json' },
  indexed: ['kind', 'region', 'grade'],
  key: (event) => (event.stream.startsWith('customer-') ? idOf(event.stream) : null),
  fold(row, event) {
    switch (event.type) {
      case 'CustomerRegistered': return { kind: event.data.kind, region: event.data.region, grade: null, personal: sealedTexts(event) };
      case 'CustomerGraded': return row && { ...row, grade: event.data.grade };
      case 'CustomerFileUpdated': return row && { ...row, personal: sealedTexts(event) ?? row.personal };
      default: return row;
    }
  },
});
