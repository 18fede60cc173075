import type { ProductEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type ProductRow = {
  readonly productCode: string; readonly name: string; readonly model: string | null; readonly kind: string; readonly manufacturer: string | null;
};

export const productView: View<ProductRow, ProductEvent> = defineView<ProductRow, ProductEvent>({
  name: 'product', shape: 1,
  columns: { productCode: 'text', name: 'text', model: 'text', kind: 'text', manufacturer: 'text' },
  indexed: ['productCode', 'name', 'kind'],
  key: (event) => (event.stream.startsWith('product-') ? idOf(event.stream) : null),
  fold: (row, event) => (event.type === 'ProductRegistered' ? { ...event.data } : row),
});
