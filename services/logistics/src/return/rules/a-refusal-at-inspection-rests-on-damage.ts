import type { RefuseInspection } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { AtStage } from '../return.js';

/**
 * P002B-24: the customer damaged the goods. Goods that are not intact for another reason may be refused too, since
 * nobody could sign them in (P002B-22); what the maker did wrong never falls on the customer (P002B-23).
 */
export function aRefusalAtInspectionRestsOnDamage(command: RefuseInspection, state: AtStage<'received' | 'inspected'>): Refusal | null {
  if (state.stage === 'inspected' && state.makersFault) {
    return refuse('makers-fault', { zh: '责任在厂方，不能拒收。', en: 'The maker is at fault; the customer cannot be refused.' }, { rule: 'P002B-23' });
  }
  if (command.customerDamage || (state.stage === 'inspected' && !state.intact)) return null;
  return refuse('no-ground-for-refusal', {
    zh: '只有客户造成的损坏才能拒收。', en: 'Only damage done by the customer is a ground for refusing.',
  }, { rule: 'P002B-24', field: 'customerDamage' });
}
