import type { ReactionReportEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type ReactionReportRow = {
  readonly number: string;
  readonly stage: string;
  readonly round: number;
  readonly customerId: string | null;
  readonly productCode: string | null;
  readonly productName: string | null;
  readonly lot: string | null;
  readonly takenOn: string | null;
  readonly seriousness: string | null;
  readonly expectedness: string | null;
  readonly productKind: string | null;
  /** `undetermined` waits for a person; null while nobody has assessed the reaction. */
  readonly reportability: 'undetermined' | 'determined' | null;
  readonly duty: string | null;
  readonly filedAt: string | null;
  /** Of the four minimum elements, which a report waits for; empty once all are known, null where nobody asked. */
  readonly missingElements: string | null;
  /** Account in the technical department that has the report. */
  readonly holder: string | null;
  readonly awareAt: string;
  readonly registeredAt: string;
  readonly answeredAt: string | null;
  readonly personal: SealedTexts | null;
};

type Reported = Extract<ReactionReportEvent, { type: 'AdverseReactionRestated' }>['data'];

/** The adverse reaction register (药品不良反应登记表, P003-28). */
export const reactionReportView: View<ReactionReportRow, ReactionReportEvent> = defineView<ReactionReportRow, ReactionReportEvent>({
  name: 'reaction_report',
  shape: 3,
  columns: {
    number: 'text', stage: 'text', round: 'integer', customerId: 'text', productCode: 'text', productName: 'text', lot: 'text', takenOn: 'text',
    seriousness: 'text', expectedness: 'text', productKind: 'text', reportability: 'text', duty: 'text', filedAt: 'text', missingElements: 'text',
    holder: 'text', awareAt: 'text', registeredAt: 'text', answeredAt: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'lot', 'holder', 'awareAt', 'registeredAt', 'reportability', 'duty'],
  key: (event) => (event.stream.startsWith('reactionReport-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'AdverseReactionRegistered') {
      return {
        number: caseNumber('CMP', idOf(event.stream)), stage: 'registered', round: event.data.round, ...told(event.data),
        seriousness: null, expectedness: null, productKind: null, reportability: null, duty: null, filedAt: null, missingElements: null, holder: null, awareAt: event.data.awareAt, registeredAt: event.recordedAt, answeredAt: null, personal: sealedTexts(event),
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'AdverseReactionRestated': return { ...row, ...told(event.data), personal: sealedTexts(event) ?? row.personal };
      case 'AdverseReactionTransferred': return { ...row, stage: 'transferred', holder: event.data.to };
      case 'AdverseReactionAssessed': return { ...row, ...event.data };
      case 'ReportabilityUndetermined': return { ...row, reportability: 'undetermined', duty: null };
      case 'ReportabilityDetermined': return { ...row, reportability: 'determined', duty: event.data.duty, productKind: event.data.productKind };
      case 'MinimumElementsNoted': return { ...row, missingElements: event.data.missing.join(' ') };
      case 'AdverseReactionReportFiled': return { ...row, filedAt: event.data.filedAt };
      case 'AdverseReactionAnswered': return { ...row, stage: 'answered', answeredAt: event.recordedAt };
      case 'AdverseReactionReopened': return { ...row, stage: 'registered', round: event.data.round, holder: null, answeredAt: null };
      default: return row;
    }
  },
});

function told({ customerId, goods, takenOn }: Reported): Pick<ReactionReportRow, 'customerId' | 'productCode' | 'productName' | 'lot' | 'takenOn'> {
  return { customerId, productCode: goods?.productCode ?? null, productName: goods?.productName ?? null, lot: goods?.lot ?? null, takenOn };
}
