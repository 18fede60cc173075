import type { RequestReturn } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P000-37: the application form (退换货申请表). A customer is named in words or by the number of the customer file. */
export function anApplicationNamesCustomerOrderReasonAndGoods(form: RequestReturn, policy: PolicySet): Refusal | null {
  const stated = {
    customer: form.customer ?? form.customerId, orderNumber: form.orderNumber, reason: form.reason,
    goods: form.goods?.productCode ?? form.goods?.productName,
  };
  const missing = (policy.setting('return.required_fields') ?? []).find((field) => stated[field] === undefined);
  if (!missing) return null;
  return refuse('required-field-missing', {
    zh: `退换货申请必须填写“${missing}”。`, en: `A return application needs "${missing}".`,
  }, { rule: 'P000-37', field: missing });
}
