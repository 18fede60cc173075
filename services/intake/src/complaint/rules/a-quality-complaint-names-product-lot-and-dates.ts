import type { GoodsPart } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

/** P003-19. What the customer was asked for and cannot state is named in `notKnown`, never left out in silence. */
export function aQualityComplaintNamesProductLotAndDates(goods: GoodsPart | undefined, policy: PolicySet): Refusal | null {
  const required = policy.setting('complaint.required_fields.quality') ?? [];
  const missing = required.find((field) => goods?.[field] === undefined && !goods?.notKnown?.includes(field));
  if (!missing) return null;
  return refuse('required-field-missing', {
    zh: `产品质量投诉必须填写“${missing}”，客户无法提供时请列入 notKnown。`,
    en: `A product-quality complaint needs "${missing}"; if the customer cannot state it, name it in notKnown.`,
  }, { rule: 'P003-19', field: `goods.${missing}` });
}
