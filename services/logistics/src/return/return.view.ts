import type { ReturnEvent } from 'aftercare/contracts';
import { caseNumber, idOf, type Recorded } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';
import { reviewersOf } from './return.js';

export type ReturnRow = {
  readonly number: string;
  readonly caseId: string | null;
  readonly round: number;
  readonly stage: string;
  readonly customerId: string | null;
  readonly orderNumber: string | null;
  readonly reason: string;
  readonly kind: string;
  readonly productCode: string | null;
  readonly lot: string | null;
  /** Asked for; afterwards counted; afterwards stocked in. */
  readonly quantity: number | null;
  readonly valueMinor: number | null;
  readonly freightPayer: string;
  readonly temporary: number;
  readonly referred: number;
  /** What no rule answers and a person has to: `eligibility`, `signature: finance`. */
  readonly undetermined: readonly string[];
  /** Who has signed so far at the present step, in order. */
  readonly signatures: readonly string[];
  readonly discrepancy: string | null;
  readonly driver: string | null;
  readonly shipment: string | null;
  readonly requestedOn: string;
  readonly stockedInAt: string | null;
  readonly slip: string | null;
  readonly exchangeTracking: string | null;
  readonly personal: SealedTexts | null;
};

/** The return/exchange list (调退货明细表, P002B-14) and the queues of everyone who has to do with it. */
export const returnView: View<ReturnRow, ReturnEvent> = defineView<ReturnRow, ReturnEvent>({
  name: 'return',
  shape: 2,
  columns: {
    number: 'text', caseId: 'text', round: 'integer', stage: 'text', customerId: 'text', orderNumber: 'text', reason: 'text', kind: 'text',
    productCode: 'text', lot: 'text', quantity: 'integer', valueMinor: 'integer', freightPayer: 'text', temporary: 'integer', referred: 'integer', undetermined: 'json',
    signatures: 'json', discrepancy: 'text', driver: 'text', shipment: 'text', requestedOn: 'text', stockedInAt: 'text', slip: 'text', exchangeTracking: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'caseId', 'customerId', 'lot', 'driver', 'requestedOn'],
  key: (event) => (event.stream.startsWith('return-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'ReturnRequested') {
      const { caseId, round, customerId, orderNumber, reason, kind, goods, quantity, freightPayer, temporary, requestedOn } = event.data;
      return {
        number: caseNumber('RET', idOf(event.stream)), caseId, round, stage: 'requested', customerId, orderNumber, reason, kind,
        productCode: goods.productCode, lot: goods.lot, quantity, valueMinor: null, freightPayer, temporary: temporary ? 1 : 0, referred: 0, undetermined: [],
        signatures: [], discrepancy: null, driver: null, shipment: null, requestedOn, stockedInAt: null, slip: null, exchangeTracking: null,
        personal: sealedTexts(event),
      };
    }
    return row && followed(row, event);
  },
});

type Followed = Recorded<ReturnEvent>;
const ELIGIBILITY = 'eligibility';
const without = (row: ReturnRow, question: string): ReturnRow => ({ ...row, undetermined: row.undetermined.filter((open) => open !== question) });

function followed(row: ReturnRow, event: Followed): ReturnRow {
  switch (event.type) {
    case 'ReturnReferred': return { ...row, referred: 1 };
    case 'ReturnReviewed': {
      const signatures = [...row.signatures, event.data.signer];
      const complete = reviewersOf(row.reason).every((signer) => signatures.includes(signer));
      return { ...without(row, ELIGIBILITY), stage: complete ? 'reviewed' : 'requested', signatures, referred: 0 };
    }
    case 'ReturnExceptionRequested': return { ...row, stage: 'exception-requested' };
    case 'ReturnApproved': return { ...row, stage: 'approved', signatures: [], referred: 0, undetermined: [] };
    case 'ReturnRejected': return { ...row, stage: 'rejected', signatures: [], referred: 0, undetermined: [] };
    case 'ReturnCancelled': return { ...row, stage: 'cancelled', signatures: [], referred: 0, undetermined: [] };
    case 'ReturnEligibilityUndetermined': return { ...row, undetermined: [...without(row, ELIGIBILITY).undetermined, ELIGIBILITY] };
    case 'ReturnEligibilityDecided': return { ...without(row, ELIGIBILITY), referred: 0 };
    case 'SignatoryUndetermined': return { ...row, undetermined: [...row.undetermined, `signature: ${event.data.signer}`] };
    case 'SignatoryAppointed': return without(row, `signature: ${event.data.signer}`);
    case 'ReturnInstructionSent': return { ...row, stage: 'instructed' };
    case 'ReturnArrivalNotified': return { ...row, stage: 'arrived' };
    case 'ReturnTransportOrderIssued': return { ...row, stage: 'ordered', driver: event.data.driver };
    case 'ReturnPickedUp': return { ...row, stage: 'picked-up' };
    case 'ReturnReceived': return { ...row, stage: 'received', quantity: event.data.quantity, discrepancy: event.data.discrepancy };
    case 'ReturnDiscrepancySettled': return { ...row, discrepancy: null };
    case 'ReturnInspected': return { ...row, stage: 'inspected' };
    case 'ReturnInspectionRefused': return { ...row, stage: 'refused', signatures: [], undetermined: [] };
    case 'StockInSigned': return { ...row, signatures: [...row.signatures, event.data.signer] };
    case 'ShipmentStatusUpdated': return { ...row, shipment: `${event.data.leg}: ${event.data.status}` };
    default: return onTheShelf(row, event);
  }
}

function onTheShelf(row: ReturnRow, event: Followed): ReturnRow {
  switch (event.type) {
    case 'ReturnStockedIn': return { ...row, stage: 'stocked-in', quantity: event.data.quantity, stockedInAt: event.recordedAt, signatures: [] };
    case 'ReturnValueRecorded': return { ...row, stage: 'valued', valueMinor: event.data.value.minor };
    case 'ReturnSlipSent': return completed({ ...row, slip: event.data.slip });
    case 'ExchangeShipped': return completed({ ...row, exchangeTracking: event.data.tracking });
    default: return row;
  }
}

function completed(row: ReturnRow): ReturnRow {
  return row.slip !== null && (row.kind === 'return' || row.exchangeTracking !== null) ? { ...row, stage: 'completed' } : row;
}
