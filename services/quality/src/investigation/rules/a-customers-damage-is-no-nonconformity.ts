import type { ReachVerdict } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';

/**
 * P002B-23, P002B-24: damage done by the customer is a ground to refuse, stated in the written finding; a maker's fault
 * is one only where the product does not conform.
 */
export function aCustomersDamageIsNoNonconformity({ verdict, fault }: ReachVerdict): Refusal | null {
  if (fault === 'customer' && verdict === 'nonconforming') {
    return refuse('fault-contradicts-verdict', {
      zh: '客户造成的损坏不属于产品不合格。', en: 'Damage done by the customer does not make the product nonconforming.',
    }, { rule: 'P002B-24', field: 'fault' });
  }
  if (fault === 'maker' && verdict === 'conforming') {
    return refuse('fault-contradicts-verdict', {
      zh: '产品合格时不存在生产方责任。', en: 'A conforming product leaves no fault with its maker.',
    }, { rule: 'P002B-23', field: 'fault' });
  }
  return null;
}
