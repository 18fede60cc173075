import type { CostPayer, RecordReturnCost } from 'aftercare/contracts';
import { refuse, type Refusal, type RuleTrace } from 'aftercare/kernel';
import type { PolicySet } from 'aftercare/policy';

export interface Payer {
  readonly payer: CostPayer;
  readonly trace: RuleTrace;
}

/**
 * P003-26: while goods are with the company for a closer look, their freight is the company's, whoever turns out to
 * be responsible. P003-27: every other cost falls on the party found responsible, so that party has to be named.
 */
export function whoPaysForAReturn(cost: RecordReturnCost, policy: PolicySet): Payer | Refusal {
  const { kind, temporary, responsible } = cost;
  const inputs = { kind, temporary, responsible: responsible ?? null };
  const payer = policy.setting('return.freight_payer');
  // Switched off, or left to the party at fault: then freight is a cost like others.
  if (kind === 'freight' && temporary && payer !== null && payer !== 'party-at-fault') {
    if (responsible !== undefined && responsible !== payer) {
      return refuse('freight-is-the-companys', {
        zh: '暂退期间的运费由公司承担。', en: 'The freight of a temporary return is paid by the company.',
      }, { rule: 'P003-26', field: 'responsible' });
    }
    return { payer, trace: { ...policy.cite('return.freight_payer'), inputs, outcome: payer } };
  }
  if (responsible === undefined) {
    return refuse('responsible-party-missing', {
      zh: '请填写责任方，费用由责任方承担。', en: 'Name the party found responsible: the cost falls on it.',
    }, { rule: 'P003-27', field: 'responsible' });
  }
  return { payer: responsible, trace: { ...policy.cite('return.other_cost_payer'), inputs, outcome: responsible } };
}
