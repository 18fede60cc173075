import type { Recorded, RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from '../policy-set.js';
import type { TableInputs, TableOutcome } from '../terms.js';
import type { TableKey } from '../what-is-read.js';

const MATRIX = 'approval.authority_matrix';
const PRICE_BANDS = 'billing.price_approval.bands';
const WAIVER_BANDS = 'billing.waiver.bands';

/** What the stream of an approval says about it by then, beside what a table was asked. */
export interface AboutApproval {
  readonly kind: 'compensation' | 'service-fee';
  /** Minor units; null while finance has not calculated it. */
  readonly cost: number | null;
}

export interface AnswerOfDraft {
  readonly outcome: TableOutcome;
  /** Keys that the draft was asked, in their order. */
  readonly asked: readonly string[];
}

/** Who has to sign: the matrix and the bands answer one question in turn, so their outcomes are lists of signers alike. */
export const isAboutSigners = (key: string): boolean => key === MATRIX || key === PRICE_BANDS || key === WAIVER_BANDS;

/** The answer of the draft to a recorded question; null where the record lacks what the draft's own question needs. */
export function askAgain(policy: PolicySet, key: string, { inputs }: RuleTrace, about: AboutApproval | null): AnswerOfDraft | null {
  if (key === PRICE_BANDS || key === WAIVER_BANDS) return fromBands(policy, key, inputs, about);
  const outcome = asked(policy, key, inputs);
  if (key === MATRIX && outcome && isNotAdopted(outcome)) return fromMatrix(policy, inputs);
  return outcome && { outcome, asked: [key] };
}

/** Follows what the events of one stream say about the approval. */
export function aboutApproval(before: AboutApproval | null, { type, data }: Pick<Recorded, 'type' | 'data'>): AboutApproval | null {
  const told = data as { readonly kind?: unknown; readonly cost?: { readonly minor?: unknown } };
  if (type === 'ApprovalProposed') return told.kind === 'compensation' || told.kind === 'service-fee' ? { kind: told.kind, cost: null } : null;
  if (type === 'ServiceCostVerified') return before && { ...before, cost: typeof told.cost?.minor === 'number' ? told.cost.minor : null };
  return type === 'ApprovalRevised' ? before && { ...before, cost: null } : before;
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
 * P001A-04: a matrix comes before the bands, with kind, amount and cost. What was asked of bands says neither the kind nor
 * always the cost: the stream does. Where not even that is known, only a matrix that answers alike for every kind can be asked.
 */
function fromBands(policy: PolicySet, key: string, inputs: RuleTrace['inputs'], about: AboutApproval | null): AnswerOfDraft | null {
  const kinds = key === WAIVER_BANDS ? ['waiver'] : about ? [about.kind] : ['service-fee', 'compensation'];
  const cost = inputs['cost'] ?? about?.cost;
  const answers = kinds.map((kind) => asked(policy, MATRIX, { kind, amount: inputs['price'], cost }));
  const [first] = answers;
  if (first && isNotAdopted(first)) {
    const outcome = asked(policy, key, inputs);
    return outcome && { outcome, asked: [MATRIX, key] };
  }
  const lacks = answers.some((answer) => !answer || (!about && !answer.determined && answer.why === 'missing-input') || answer.trace.outcome !== first?.trace.outcome);
  return lacks || !first ? null : { outcome: first, asked: [MATRIX] };
}

/** Without a matrix the bands name the one who signs. */
function fromMatrix(policy: PolicySet, { kind, amount, cost }: RuleTrace['inputs']): AnswerOfDraft | null {
  const [key, inputs] = kind === 'waiver' ? [WAIVER_BANDS, { price: amount, cost }] : [PRICE_BANDS, { price: amount }];
  const outcome = asked(policy, key, inputs);
  return outcome && { outcome, asked: [MATRIX, key] };
}
