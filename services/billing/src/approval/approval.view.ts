import type { ApprovalEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type ApprovalRow = {
  readonly number: string;
  readonly stage: string;
  readonly kind: string;
  /** Minor units (分). */
  readonly amount: number;
  readonly cost: number | null;
  /** Whose decision it waits for; null when nobody's or not yet known whose. */
  readonly waitsFor: string | null;
  /** Who has to sign where several have to, and the positions that are signed. */
  readonly signers: SignerList | null;
  readonly expiresAt: string | null;
  readonly requester: string | null;
  readonly caseId: string | null;
  readonly round: number;
  readonly customerId: string | null;
  readonly returnId: string | null;
  readonly since: string;
  readonly personal: SealedTexts | null;
};

interface SignerList {
  readonly roles: readonly string[];
  /** 1, 2, … */
  readonly signed: readonly number[];
}

/** What waits for whom (待审批), and what was decided. */
export const approvalView: View<ApprovalRow, ApprovalEvent> = defineView<ApprovalRow, ApprovalEvent>({
  name: 'approval',
  shape: 2,
  columns: {
    number: 'text', stage: 'text', kind: 'text', amount: 'integer', cost: 'integer', waitsFor: 'text', signers: 'json', expiresAt: 'text', requester: 'text', caseId: 'text',
    round: 'integer', customerId: 'text', returnId: 'text', since: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'waitsFor', 'caseId', 'since', 'expiresAt'],
  key: (event) => (event.stream.startsWith('approval-') ? idOf(event.stream) : null),
  fold(row, event) {
    const number = caseNumber('APR', idOf(event.stream));
    const since = event.recordedAt;
    switch (event.type) {
      case 'PlannedCompensationNoted': {
        const { amount, requester, caseId, round, customerId } = event.data;
        if (row?.stage === 'proposed') return { ...row, requester };
        return {
          number, stage: 'planned', kind: 'compensation', amount: amount.minor, cost: null, waitsFor: null, signers: null, expiresAt: null, requester, caseId, round, customerId,
          returnId: null, since, personal: null,
        };
      }
      case 'ApprovalProposed': {
        const { kind, amount, approverRole, requester, caseId, round, customerId, returnId } = event.data;
        return {
          number, stage: 'proposed', kind, amount: amount.minor, cost: null, waitsFor: approverRole, signers: null, expiresAt: null, requester, caseId, round, customerId, returnId,
          since, personal: sealedTexts(event),
        };
      }
      case 'CompensationRejected': {
        const { amount, caseId, round, ground } = event.data;
        const known = row ?? { kind: 'compensation', cost: null, signers: null, expiresAt: null, requester: null, customerId: null, returnId: null };
        return {
          ...known, number, stage: ground === 'decided' ? 'rejected' : 'lapsed', amount: amount.minor, waitsFor: null, caseId, round, since,
          personal: sealedTexts(event),
        };
      }
      default: return row && { ...row, ...changed(row, event), since };
    }
  },
});

const WAITING = { 'compensation': 'proposed', 'service-fee': 'cost-verified', 'waiver': 'waiver-requested' } as const;

/** What the event changes on a row that is there already. */
function changed(row: ApprovalRow, event: Parameters<typeof approvalView.fold>[1]): Partial<ApprovalRow> {
  switch (event.type) {
    case 'ServiceCostVerified': return { ...asked, stage: 'cost-verified', cost: event.data.cost.minor, waitsFor: event.data.approverRole };
    case 'ApprovalRevised': {
      const { amount, requester, approverRole } = event.data;
      return { ...asked, stage: 'proposed', amount: amount.minor, cost: null, requester, waitsFor: approverRole, personal: sealedTexts(event) ?? row.personal };
    }
    case 'CompensationApproved':
    case 'ServiceFeeApproved':
    case 'ServiceFeeWaiverRejected': return { stage: 'approved', waitsFor: null };
    case 'ServiceFeeRejected': return { stage: 'rejected', waitsFor: null, personal: sealedTexts(event) };
    case 'WaiverRequested': return { ...asked, stage: 'waiver-requested', waitsFor: event.data.approverRole, personal: sealedTexts(event) };
    case 'ServiceFeeWaived': return { stage: 'waived', waitsFor: null };
    case 'ApproverUndetermined': return { stage: 'undetermined', waitsFor: null };
    case 'ApproverAppointed': return { ...asked, stage: WAITING[event.data.kind], waitsFor: event.data.approverRole };
    case 'PriceAgreedWithCustomer': return { stage: 'agreed', amount: event.data.amount.minor };
    case 'ApprovalLapsed': return { stage: event.data.kind === 'waiver' ? 'approved' : 'expired', waitsFor: null };
    default: return signing(row, event);
  }
}

const asked = { signers: null, expiresAt: null } as const;

/** Whoever is next in the list stands in the queue; a signature that is still being checked holds its place. */
function signing(row: ApprovalRow, event: Parameters<typeof approvalView.fold>[1]): Partial<ApprovalRow> {
  const signed = row.signers?.signed ?? [];
  const withSigned = (positions: readonly number[]): Partial<ApprovalRow> => (row.signers === null ? {} : {
    signers: { ...row.signers, signed: positions },
    waitsFor: row.signers.roles.find((_, index) => !positions.includes(index + 1)) ?? null,
  });
  switch (event.type) {
    case 'SignaturesRequired': return { signers: { roles: event.data.signers, signed: [] } };
    case 'ApprovalExpirySet': return { expiresAt: event.data.expiresAt };
    case 'ApprovalSigned': return event.data.meaning === 'approved' ? withSigned([...signed, event.data.position]) : {};
    case 'SignatureRefused': return withSigned(signed.filter((position) => position !== event.data.position));
    case 'SignaturesVoided': {
      const voided = event.data.signatures.map(({ position }) => position);
      return withSigned(signed.filter((position) => !voided.includes(position)));
    }
    default: return {};
  }
}
