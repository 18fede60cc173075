import type { GoodsPart, ReactionPart } from 'aftercare/contracts';
import { refuse, type Refusal } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

const ON_GOODS = ['productName', 'lot'] as const;

/** P003-28: product, batch, time and quantity taken, other drugs. Unknown is an answer, silence is not. */
export function anAdverseReactionNamesWhatWasTaken(
  goods: GoodsPart | undefined, reaction: ReactionPart | undefined, policy: PolicySet,
): Refusal | null {
  for (const field of policy.setting('adr.required_fields') ?? []) {
    const onGoods = ON_GOODS.find((name) => name === field);
    const part: GoodsPart & ReactionPart | undefined = onGoods ? goods : reaction;
    if (part?.[field] !== undefined || part?.notKnown?.includes(field)) continue;
    return refuse('required-field-missing', {
      zh: `药品不良反应必须填写“${field}”，客户无法提供时请列入 notKnown。`,
      en: `An adverse reaction needs "${field}"; if the customer cannot state it, name it in notKnown.`,
    }, { rule: 'P003-28', field: `${onGoods ? 'goods' : 'reaction'}.${field}` });
  }
  return null;
}
