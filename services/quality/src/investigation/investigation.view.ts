import type { Goods, InvestigationEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type LedgerRow = {
  readonly number: string;
  readonly stage: string;
  readonly round: number;
  readonly customerId: string | null;
  readonly locality: string;
  readonly productCode: string | null;
  readonly productName: string | null;
  readonly lot: string | null;
  readonly severity: string | null;
  /** `undetermined` waits for a person. */
  readonly grade: 'ordinary' | 'major' | 'undetermined' | null;
  readonly verification: string;
  readonly inspector: string | null;
  readonly evidence: number;
  readonly disposition: string | null;
  /** 1 while only an interim opinion was given. */
  readonly interim: number;
  readonly verdict: string | null;
  readonly headNotified: number;
  readonly awareAt: string;
  readonly openedAt: string;
  readonly concludedAt: string | null;
  readonly personal: SealedTexts | null;
};

const NOTHING_FOUND = {
  verification: 'none', inspector: null, evidence: 0, disposition: null, interim: 0, verdict: null, headNotified: 0, concludedAt: null,
} as const;

/** The quality complaint ledger (顾客质量投诉台账, P002A-13): every complaint one by one, the withdrawn ones too. */
export const ledgerView: View<LedgerRow, InvestigationEvent> = defineView<LedgerRow, InvestigationEvent>({
  name: 'investigation',
  shape: 2,
  columns: {
    number: 'text', stage: 'text', round: 'integer', customerId: 'text', locality: 'text', productCode: 'text', productName: 'text', lot: 'text',
    severity: 'text', grade: 'text', verification: 'text', inspector: 'text', evidence: 'integer', disposition: 'text', interim: 'integer', verdict: 'text',
    headNotified: 'integer', awareAt: 'text', openedAt: 'text', concludedAt: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'lot', 'inspector', 'awareAt', 'openedAt', 'grade'],
  key: (event) => (event.stream.startsWith('investigation-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'InvestigationOpened') {
      const { round, customerId, locality, goods, awareAt } = event.data;
      return {
        number: caseNumber('CMP', idOf(event.stream)), stage: 'open', round, customerId, locality, ...named(goods), severity: null, grade: null, ...NOTHING_FOUND,
        awareAt, openedAt: event.recordedAt, personal: sealedTexts(event),
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'InvestigationRestated': return { ...row, ...named(event.data.goods), personal: sealedTexts(event) ?? row.personal };
      case 'InvestigationReopened': {
        const { round, goods, awareAt } = event.data;
        return { ...row, ...NOTHING_FOUND, ...named(goods), stage: 'open', round, awareAt };
      }
      case 'SeverityAssessed': return { ...row, severity: event.data.severity };
      case 'QualityProblemGraded': return { ...row, grade: event.data.grade };
      case 'QualityGradeUndetermined': return { ...row, grade: 'undetermined' };
      case 'SiteVerificationDispatched': return { ...row, verification: 'dispatched', inspector: event.data.inspector };
      case 'SiteVerificationCompleted': return { ...row, verification: 'completed' };
      case 'EvidenceAdded': return { ...row, evidence: row.evidence + 1 };
      case 'DispositionDecided': return { ...row, disposition: event.data.disposition, interim: event.data.interim ? 1 : 0 };
      case 'QualityVerdictReached': return { ...row, stage: 'concluded', verdict: event.data.verdict, concludedAt: event.recordedAt };
      case 'QualityHeadNotified': return { ...row, headNotified: 1 };
      case 'InvestigationWithdrawn': return { ...row, stage: 'withdrawn' };
      default: return row;
    }
  },
});

function named(goods: Goods | null): Pick<LedgerRow, 'productCode' | 'productName' | 'lot'> {
  return { productCode: goods?.productCode ?? null, productName: goods?.productName ?? null, lot: goods?.lot ?? null };
}
