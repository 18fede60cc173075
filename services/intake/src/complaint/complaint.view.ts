import type { ComplaintEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type ComplaintRow = {
  readonly number: string;
  readonly stage: string;
  readonly class: string | null;
  readonly round: number;
  /** Number of the latest plan within the case; 0 before the first. */
  readonly plan: number;
  readonly handler: string;
  readonly firstContactOwner: string;
  readonly customerId: string | null;
  readonly productCode: string | null;
  readonly lot: string | null;
  readonly major: number;
  /** What waits for a person because no rule decides it: `major`, `routing`, both with a space between, or null. */
  readonly undetermined: string | null;
  /** Roles that heard of it, P003-33. */
  readonly routedTo: string | null;
  readonly awareAt: string;
  readonly registeredAt: string;
  readonly register: string | null;
  readonly personal: SealedTexts | null;
};

/** The complaint register (客户投诉登记表, P003-32). */
export const complaintView: View<ComplaintRow, ComplaintEvent> = defineView<ComplaintRow, ComplaintEvent>({
  name: 'complaint',
  shape: 3,
  columns: {
    number: 'text', stage: 'text', class: 'text', round: 'integer', plan: 'integer', handler: 'text', firstContactOwner: 'text', customerId: 'text',
    productCode: 'text', lot: 'text', major: 'integer', undetermined: 'text', routedTo: 'text', awareAt: 'text', registeredAt: 'text', register: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'handler', 'lot', 'awareAt', 'registeredAt', 'undetermined'],
  key: (event) => (event.stream.startsWith('complaint-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'ComplaintRegistered') {
      const { customerId, awareAt, firstContactOwner, source } = event.data;
      return {
        number: caseNumber('CMP', idOf(event.stream)), stage: 'registered', class: null, round: 1, plan: 0, handler: firstContactOwner, firstContactOwner,
        customerId, productCode: null, lot: null, major: 0, undetermined: null, routedTo: null, awareAt, registeredAt: event.recordedAt, register: source?.register ?? null,
        personal: sealedTexts(event),
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'ComplaintClassified': {
        const { class: kind, goods } = event.data;
        return { ...row, stage: 'classified', class: kind, productCode: goods?.productCode ?? null, lot: goods?.lot ?? null };
      }
      case 'ComplaintValidityDetermined': return { ...row, stage: event.data.valid ? 'classified' : 'unfounded' };
      case 'CaseAssigned': return { ...row, handler: event.data.handler };
      case 'DedicatedHandlerAssigned': return { ...row, handler: event.data.handler };
      case 'ComplaintFlaggedMajor': return { ...row, major: 1, undetermined: without(row, 'major') };
      case 'MajorComplaintUndetermined': return { ...row, undetermined: withOpen(row, 'major') };
      case 'MajorComplaintDetermined': return { ...row, undetermined: without(row, 'major') };
      case 'RoutingUndetermined': return { ...row, undetermined: withOpen(row, 'routing') };
      case 'CaseRouted': return { ...row, undetermined: without(row, 'routing'), routedTo: event.data.to.join(' ') };
      case 'HandlingPlanFixed': return { ...row, stage: 'planned', plan: row.plan + 1 };
      case 'ResolutionImplemented': return { ...row, stage: 'implemented' };
      case 'ResolutionCommunicated': return { ...row, stage: 'communicated', class: row.class ?? 'service' };
      case 'CaseReopened': return { ...row, stage: 'classified', round: event.data.round };
      case 'CaseClosed': return { ...row, stage: 'closed' };
      default: return row;
    }
  },
});

type Question = 'major' | 'routing';

const openIn = ({ undetermined }: ComplaintRow): readonly string[] => undetermined?.split(' ') ?? [];
const withOpen = (row: ComplaintRow, question: Question): string => [...new Set([...openIn(row), question])].toSorted().join(' ');
const without = (row: ComplaintRow, question: Question): string | null => openIn(row).filter((other) => other !== question).join(' ') || null;
