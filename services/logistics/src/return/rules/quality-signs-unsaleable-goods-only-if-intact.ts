import type { StockInSigner } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { AtStage } from '../return.js';

/**
 * P002B-22: with unsaleable goods the signature of quality says that the original quality is intact. A maker's fault
 * found on the way is no reason to keep them out: such goods could not be refused either (P002B-23).
 */
export function qualitySignsUnsaleableGoodsOnlyIfIntact(signer: StockInSigner, state: AtStage<'inspected'>): Refusal | null {
  if (signer !== 'quality' || state.reason !== 'unsaleable' || state.intact || state.makersFault) return null;
  return refuse('not-intact', {
    zh: '滞销品原质量已不完好，质量部门不得签字。', en: 'The goods are no longer intact; quality cannot sign for them.',
  }, { rule: 'P002B-22' });
}
