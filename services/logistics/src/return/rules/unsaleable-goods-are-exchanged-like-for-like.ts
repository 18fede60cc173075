import type { RequestReturn, ShipExchange } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { AtStage } from '../return.js';

/** P002B-26, first half: nobody gets money for goods that merely did not sell. */
export function unsaleableGoodsAreExchanged(form: RequestReturn): Refusal | null {
  if (form.reason !== 'unsaleable' || form.kind === 'exchange') return null;
  return refuse('unsaleable-is-exchanged', {
    zh: '滞销品只能调换，不能退货。', en: 'Unsaleable goods are exchanged, not taken back.',
  }, { rule: 'P002B-26', field: 'kind' });
}

/** P002B-26, second half: the same article goes out. Quality returns may become another one (P002B-27). */
export function theSameArticleGoesOut(command: ShipExchange, state: AtStage<'stocked-in' | 'valued'>): Refusal | null {
  const { productCode } = state.goods;
  if (state.reason !== 'unsaleable' || productCode === null || productCode === command.productCode) return null;
  return refuse('not-like-for-like', {
    zh: `滞销品只能调换同一品种（${productCode}）。`, en: `Unsaleable goods are exchanged for the same article (${productCode}).`,
  }, { rule: 'P002B-26', field: 'productCode' });
}
