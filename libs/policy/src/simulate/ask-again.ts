import type { RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from '../policy-set.js';
import type { TableInputs, TableOutcome } from '../terms.js';
import type { TableKey } from '../what-is-read.js';

const MATRIX = 'approval.authority_matrix';
const PRICE_BANDS = 'billing.price_approval.bands';
const WAIVER_BANDS = 'billing.waiver.bands';

/** The answer of the draft to a recorded question; null where the record lacks what the draft's own question needs. */
export function askAgain(policy: PolicySet, key: string, { inputs }: RuleTrace): TableOutcome | null {
  if (key === PRICE_BANDS || key === WAIVER_BANDS) return fromBands(policy, key, inputs);
  const answer = asked(policy, key, inputs);
  return key === MATRIX && answer && isNotAdopted(answer) ? fromMatrix(policy, inputs) : answer;
}

/** Null where a column of the draft has another type than what was recorded. */
function asked(policy: PolicySet, key: string, inputs: TableInputs): TableOutcome | null {
  try {
    return policy.decide(key as TableKey, inputs);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const isNotAdopted = (answer: TableOutcome): boolean => !answer.determined && answer.why === 'not-adopted';

/**
 * P001A-04: a matrix comes before the bands. What was asked of bands does not say whether it was a fee or a compensation,
 * nor always the cost; only a matrix that needs neither can be asked.
 */
function fromBands(policy: PolicySet, key: string, inputs: RuleTrace['inputs']): TableOutcome | null {
  const kinds = key === WAIVER_BANDS ? ['waiver'] : ['service-fee', 'compensation'];
  const answers = kinds.map((kind) => asked(policy, MATRIX, { kind, amount: inputs['price'], cost: inputs['cost'] }));
  const [first] = answers;
  if (first && isNotAdopted(first)) return asked(policy, key, inputs);
  const lacks = answers.some((answer) => !answer || (!answer.determined && answer.why === 'missing-input') || answer.trace.outcome !== first?.trace.outcome);
  return lacks ? null : first ?? null;
}

/** Without a matrix the bands name the one who signs. */
function fromMatrix(policy: PolicySet, { kind, amount, cost }: RuleTrace['inputs']): TableOutcome | null {
  return kind === 'waiver' ? asked(policy, WAIVER_BANDS, { price: amount, cost }) : asked(policy, PRICE_BANDS, { price: amount });
}
