import { REPORTING_DUTIES, type ProductKind, type ReportingDuty } from 'aftercare/contracts';
import type { RuleTrace } from 'aftercare/kernel';
import type { PolicySet, TableOutcome } from 'aftercare/policy';
import type { Assessment } from '../reaction-report.js';

type Why = Extract<TableOutcome, { determined: false }>['why'];

export type LegalAnswer =
  | { readonly duty: ReportingDuty; readonly productKind: ProductKind; readonly trace: RuleTrace }
  | { readonly duty: null; readonly why: Why; readonly trace: RuleTrace };

const TABLES = { drug: 'adr.reportability', device: 'device_event.reportability' } as const;

/**
 * Drugs and devices have laws of their own. Unknown seriousness, an unknown product and a law that was not adopted are
 * no "nothing to report" (P003-28): the answer stays open until a person gives one.
 */
export function theLawSaysWhetherToReport({ seriousness, expectedness, productKind }: Assessment, policy: PolicySet): LegalAnswer {
  if (productKind === null) {
    const { id, version } = policy.adoption;
    const trace: RuleTrace = {
      id, version: String(version), rule: 'undetermined', inputs: { seriousness, expectedness, productKind }, outcome: 'undetermined: missing-input (productKind)',
    };
    return { duty: null, why: 'missing-input', trace };
  }
  const said = policy.decide(TABLES[productKind], { seriousness, expectedness });
  if (!said.determined) return { duty: null, why: said.why, trace: said.trace };
  const duty = REPORTING_DUTIES.find((known) => known === said.then['duty']);
  // A duty that no clock knows would be recorded and never reminded of.
  return duty === undefined ? { duty: null, why: 'no-match', trace: said.trace } : { duty, productKind, trace: said.trace };
}
