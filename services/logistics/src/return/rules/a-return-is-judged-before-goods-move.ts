import type { EligibilityAnswer, ReturnFacts, ReturnObstacle, UndeterminedWhy } from 'aftercare/contracts';
import { refuse, type Bilingual, type DecisionContext, type Refusal, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';
import type { OpenedReturn } from '../return.js';
import { exchangesStayWithinTheRate } from './exchanges-stay-within-the-rate.js';
import { exchangesStayWithinTheWindow } from './exchanges-stay-within-the-window.js';
import { theLotHasNotExpired } from './the-lot-has-not-expired.js';

const EXCHANGE = 'return.eligibility';
const LOT = 'return.eligibility.quality';

interface Found {
  /** The one that decided. */
  readonly table: typeof EXCHANGE | typeof LOT;
  /** Everything that explains the answer, so that a leader sees all of it at once; nothing where the answer is yes. */
  readonly obstacles: readonly ReturnObstacle[];
  /** Of the table that decided, with what its columns were computed from. */
  readonly trace: RuleTrace;
}
interface Undetermined extends Found { readonly decision: 'undetermined'; readonly why: UndeterminedWhy }
/** `exception`: refused, short of the leader's. `undetermined`: a person decides. */
export type Judgement = Undetermined | (Found & { readonly decision: EligibilityAnswer });

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

/**
 * P000-38: the review. The tables of the adopted policy decide: one over reason, rate and window (P002B-16, P002B-17,
 * P002B-19), and where the lot matters one over reason, verdict and expiry (P002A-17). What is computed here are facts.
 */
export function aReturnIsJudgedBeforeGoodsMove(
  state: OpenedReturn, facts: ReturnFacts, checkedOnGoods: string | null, { now, policy }: DecisionContext<PolicySet>,
): Judgement {
  const { reason, verdict } = state;
  const rate = exchangesStayWithinTheRate(state.quantity, facts, policy);
  const window = exchangesStayWithinTheWindow(state.requestedOn, facts, policy);
  const exchange = judged(
    EXCHANGE, policy.decide(EXCHANGE, { reason, withinRate: rate.within, withinWindow: window.within }),
    [rate.obstacle, window.obstacle], { ...rate.inputs, ...window.inputs },
  );
  if (!policy.setting('return.requires_unexpired_lot')) return exchange;
  const expiry = theLotHasNotExpired(state, facts, checkedOnGoods, policy.calendar.localDate(now));
  const lot = judged(
    LOT, policy.decide(LOT, { reason, verdict: verdict ?? 'none', lotExpired: expiry.expired }), [expiry.obstacle], expiry.inputs,
  );
  return theStricter(lot, exchange);
}

const STRICTNESS = ['accept', 'undetermined', 'exception', 'refuse'] as const satisfies readonly (EligibilityAnswer | 'undetermined')[];

/** A known no stands whatever else is unknown, and an open question is no yes. The trace also names the row of the other table. */
function theStricter(lot: Judgement, exchange: Judgement): Judgement {
  const [decides, beside] = STRICTNESS.indexOf(lot.decision) > STRICTNESS.indexOf(exchange.decision) ? [lot, exchange] : [exchange, lot];
  const inputs = { ...aside(beside.trace.inputs), ...decides.trace.inputs, [`from.${beside.table}`]: `${beside.trace.rule}: ${beside.trace.outcome}` };
  return { ...decides, obstacles: [...new Set([...lot.obstacles, ...exchange.obstacles])], trace: { ...decides.trace, inputs } };
}

const aside = (inputs: RuleTrace['inputs']): RuleTrace['inputs'] =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => name.startsWith('from.')));

/** Numbers and dates stand beside the columns as `from.…`, so that the table can be asked the same again. */
function judged(table: Found['table'], said: TableOutcome, found: readonly (ReturnObstacle | null)[], from: RuleTrace['inputs']): Judgement {
  const beside = Object.fromEntries(Object.entries(from).map(([name, value]) => [`from.${name}`, value]));
  const trace = { ...said.trace, inputs: { ...beside, ...said.trace.inputs } };
  const obstacles = [...new Set(found.filter((obstacle) => obstacle !== null))];
  const decision = said.determined ? STRICTNESS.find((known) => known === said.then['decision']) ?? 'undetermined' : 'undetermined';
  if (decision === 'undetermined') return { table, decision, why: said.determined ? 'no-match' : said.why, obstacles, trace };
  return { table, decision, obstacles: decision === 'accept' ? [] : obstacles, trace };
}

/** P002B-17: without exception, short of the leader's (P002B-18). */
export function refusedFor({ decision, obstacles: [first], trace: { rule } }: Judgement): Refusal | null {
  if (decision === 'accept' || decision === 'undetermined') return null;
  return first ? refuse(first, SAID[first].message, { rule })
    : refuse('not-eligible', { zh: '按现行政策不能退换。', en: 'The adopted policy does not take these goods back.' }, { rule });
}

/** A ground is named only if it is there: rejecting or excepting for a reason that does not hold would hide the real one. */
export function theGroundIsThere(ground: ReturnObstacle, { obstacles }: Judgement): Refusal | null {
  if (obstacles.includes(ground)) return null;
  return refuse('ground-not-there', {
    zh: `“${ground}”不成立。`, en: `"${ground}" does not hold for this return.`,
  }, { rule: SAID[ground].rule, field: 'ground' });
}

/** P002B-18 speaks of special cases; what a table refuses outright is none. */
export function anExceptionIsPossible({ decision, trace: { rule } }: Judgement): Refusal | null {
  return decision !== 'refuse' ? null : refuse('no-exception', {
    zh: '按现行政策拒绝，且不得特批。', en: 'The adopted policy refuses this and knows no exception.',
  }, { rule });
}
