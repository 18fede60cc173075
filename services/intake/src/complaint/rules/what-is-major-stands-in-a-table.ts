import type { ComplaintSeverity, MajorTrigger } from 'aftercare/contracts';
import { formatYuan, refuse, type Money, type Refusal } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';

export interface MajorMatter {
  readonly trigger: MajorTrigger;
  /** Null where nobody knows it. */
  readonly loss: Money | null;
}

/** P001E-49: an inspection, exposure in public, or a loss from an amount on. The values stand in the adopted table. */
export function theTableSaysWhetherItIsMajor({ trigger, loss }: MajorMatter, policy: PolicySet): TableOutcome {
  return policy.decide('triage.severity', {
    regulatoryInspection: trigger === 'regulatory-inspection', publicExposure: trigger === 'public-exposure', loss: loss?.minor ?? null,
  });
}

const MAJOR: ComplaintSeverity = 'major';

export function isMajor(outcome: Extract<TableOutcome, { determined: true }>): boolean {
  return outcome.then['severity'] === MAJOR;
}

/** Said of what a table called ordinary. */
export function itIsNoMajorComplaint({ loss }: MajorMatter, { trace }: TableOutcome): Refusal {
  const amount = loss ? formatYuan(loss) : '–';
  return refuse('below-major-threshold', {
    zh: `按规定不属于重大投诉（损失 ${amount}，${trace.id} ${trace.rule}）。`,
    en: `By the rule it is no major complaint (loss ${amount}, ${trace.id} ${trace.rule}).`,
  }, { rule: 'P001E-49', field: 'loss' });
}
