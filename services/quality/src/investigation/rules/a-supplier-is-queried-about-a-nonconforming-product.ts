import { refuse, type Refusal } from 'aftercare/kernel';
import type { ConcludedInquiry } from '../investigation.js';

/** P002A-18 stands under 4.6, the product found nonconforming. Before the finding, the manufacturer is asked (P002A-04). */
export function aSupplierIsQueriedAboutANonconformingProduct({ verdict }: ConcludedInquiry): Refusal | null {
  if (verdict === 'nonconforming') return null;
  return refuse('product-conforms', {
    zh: '产品合格，无须向供货企业提出质量查询。', en: 'The product conforms; there is nothing to query the supplier about.',
  }, { rule: 'P002A-18' });
}
