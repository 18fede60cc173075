import type { CostEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type CostRow = {
  readonly kind: string;
  readonly returnId: string;
  readonly caseId: string | null;
  /** Minor units (分). */
  readonly amount: number;
  readonly payer: string;
  readonly recordedAt: string;
  readonly personal: SealedTexts | null;
};

/** What returns cost and who bears it (退货费用). */
export const costView: View<CostRow, CostEvent> = defineView<CostRow, CostEvent>({
  name: 'cost',
  shape: 1,
  columns: { kind: 'text', returnId: 'text', caseId: 'text', amount: 'integer', payer: 'text', recordedAt: 'text', personal: 'json' },
  indexed: ['returnId', 'payer', 'recordedAt'],
  key: (event) => (event.stream.startsWith('cost-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type !== 'ReturnFreightCharged' && event.type !== 'CostAttributed') return row;
    const { returnId, caseId, amount, payer } = event.data;
    return {
      kind: event.type === 'ReturnFreightCharged' ? 'freight' : 'other', returnId, caseId, amount: amount.minor, payer,
      recordedAt: event.recordedAt, personal: sealedTexts(event),
    };
  },
});
