import type { ReturnFacts, ReturnObstacle } from 'aftercare/contracts';
import { refuse, type Bilingual, type DecisionContext, type Refusal, type RuleTrace } from 'aftercare/kernel';
import type { Citation, PolicySet } from 'aftercare/policy';
import type { OpenedReturn } from '../return.js';
import { exchangesStayWithinTheRate } from './exchanges-stay-within-the-rate.js';
import { exchangesStayWithinTheWindow } from './exchanges-stay-within-the-window.js';
import { theLotHasNotExpired } from './the-lot-has-not-expired.js';

export interface Judgement {
  /** Everything that stands against the return, so that a leader sees all of it at once. */
  readonly obstacles: readonly ReturnObstacle[];
  readonly trace: RuleTrace;
}

const SAID: Readonly<Record<ReturnObstacle, { message: Bilingual; rule: string }>> = {
  'lot-expired': { rule: 'P002A-17', message: { zh: '该批次已过有效期，只能申请特批。', en: 'The lot has expired; only an exception can allow it.' } },
  'lot-expiry-unknown': {
    rule: 'P002A-17',
    message: { zh: '有效期不明，请核对实物后填写 expiresOn。', en: 'Expiry unknown: check the goods and state expiresOn.' },
  },
  'purchases-unknown': {
    rule: 'P002B-16',
    message: { zh: '没有该客户的购货记录，无法计算调换率。', en: 'No purchase of this customer is known, so there is no exchange rate.' },
  },
  'over-exchange-rate': { rule: 'P002B-17', message: { zh: '超过调换率。', en: 'Above the exchange rate.' } },
  'outside-window': { rule: 'P002B-17', message: { zh: '超过调换期限。', en: 'Outside the exchange window.' } },
};

/** P000-38: the review. Unsaleable goods stand against rate and window (P002B-16), all against the expiry of the lot. */
export function aReturnIsJudgedBeforeGoodsMove(
  state: OpenedReturn, facts: ReturnFacts, checkedOnGoods: string | null, { now, policy }: DecisionContext<PolicySet>,
): Judgement {
  const expiry = theLotHasNotExpired(state, facts, checkedOnGoods, policy.calendar.localDate(now), policy);
  if (state.reason !== 'unsaleable') return judged(policy.cite('return.requires_unexpired_lot'), [expiry.obstacle], expiry.inputs);
  const rate = exchangesStayWithinTheRate(state.quantity, facts, policy);
  const window = exchangesStayWithinTheWindow(state.requestedOn, facts, policy);
  return judged(policy.cite('return.exchange_window'), [expiry.obstacle, rate.obstacle, window.obstacle], { ...expiry.inputs, ...rate.inputs, ...window.inputs });
}

function judged(cited: Citation, found: readonly (ReturnObstacle | null)[], inputs: RuleTrace['inputs']): Judgement {
  const obstacles = [...new Set(found.filter((obstacle) => obstacle !== null))];
  return { obstacles, trace: { ...cited, inputs, outcome: obstacles.join(' ') || 'nothing against it' } };
}

/** P002B-17: without exception, short of the leader's (P002B-18). */
export function refusedFor({ obstacles: [first] }: Judgement): Refusal | null {
  if (!first) return null;
  const { message, rule } = SAID[first];
  return refuse(first, message, { rule, ...(first === 'lot-expiry-unknown' && { field: 'expiresOn' }) });
}

/** A ground is named only if it is there: rejecting or excepting for a reason that does not hold would hide the real one. */
export function theGroundIsThere(ground: ReturnObstacle, { obstacles }: Judgement): Refusal | null {
  if (obstacles.includes(ground)) return null;
  return refuse('ground-not-there', {
    zh: `“${ground}”不成立。`, en: `"${ground}" does not hold for this return.`,
  }, { rule: SAID[ground].rule, field: 'ground' });
}
