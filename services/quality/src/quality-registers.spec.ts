import type { InvestigationEvent, ReactionReportEvent, StopSaleEvent } from 'aftercare/contracts';
import { lotId, type DomainEvent, type Recorded, type Sealed } from 'aftercare/kernel';
import type { Row, View } from 'aftercare/projections';
import { CASE_ID, NOW, SUBJECT_ID } from 'aftercare/testing';
import { ledgerView } from './investigation/investigation.view.js';
import { reactionReportView } from './reaction-report/reaction-report.view.js';
import { stopSaleView } from './stop-sale/stop-sale.view.js';

const GOODS = {
  productCode: 'DV-100', productName: 'Pump', model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: null, notKnown: [],
};
const LOT = { productCode: 'DV-100', lot: 'L-77' };
const SEALED: Record<string, Sealed> = { description: { s: SUBJECT_ID, k: 1, c: 'cipher' } };

/** The row after these events of one stream, recorded one minute after the other. */
function rowAfter<R extends Row, E extends DomainEvent>(view: View<R, E>, stream: string, ...events: readonly E[]): R | null {
  return events.reduce<R | null>((row, event, version) => {
    const recordedAt = new Date(Date.parse(NOW) + version * 60_000).toISOString();
    const personal = version === 0 ? SEALED : null;
    return view.fold(row, { ...event, id: `e-${version}`, stream, version, recordedAt, personal } as unknown as Recorded<E>);
  }, null);
}

const keyOf = <R extends Row, E extends DomainEvent>(view: View<R, E>, stream: string) => view.key({ stream } as unknown as Recorded<E>);

describe('the registers of quality', () => {
  it('take events of their own streams only', () => {
    const streams = [`investigation-${CASE_ID}`, `stopSale-${CASE_ID}`, `reactionReport-${CASE_ID}`];
    const keys = [ledgerView, stopSaleView, reactionReportView].map((view) => streams.map((stream) => keyOf(view as unknown as View<Row, DomainEvent>, stream)));
    expect(keys).toEqual([[CASE_ID, null, null], [null, CASE_ID, null], [null, null, CASE_ID]]);
  });

  it('P002A-13 the ledger holds every quality complaint: where it stands, what was found, what became of it', () => {
    const of = { caseId: CASE_ID, round: 1, customerId: 'c-1', locality: 'non-local' as const, goods: GOODS };
    const opened: InvestigationEvent = { type: 'InvestigationOpened', data: { ...of, awareAt: NOW, subject: SUBJECT_ID } };
    const found: InvestigationEvent[] = [
      opened, { type: 'SeverityAssessed', data: { severity: 'serious' } }, { type: 'SiteVerificationDispatched', data: { inspector: 'u-7' } },
      { type: 'SiteVerificationCompleted', data: { inspector: 'u-7' } }, { type: 'EvidenceAdded', data: { evidence: 'e', kind: 'photo', sha256: null } },
      { type: 'DispositionDecided', data: { interim: false, disposition: 'return' } },
      { type: 'QualityVerdictReached', data: { ...of, verdict: 'nonconforming', fault: null } }, { type: 'QualityHeadNotified', data: { head: 'u-h' } },
    ];
    expect(rowAfter(ledgerView, `investigation-${CASE_ID}`, ...found)).toMatchObject({
      stage: 'concluded', round: 1, productCode: 'DV-100', lot: 'L-77', severity: 'serious', verification: 'completed', inspector: 'u-7', evidence: 1,
      disposition: 'return', interim: 0, verdict: 'nonconforming', headNotified: 1, openedAt: NOW, concludedAt: '2026-03-11T06:06:00.000Z',
      personal: { eventId: 'e-0', fields: SEALED },
    });
    const reopened: InvestigationEvent = { type: 'InvestigationReopened', data: { ...of, round: 2, awareAt: '2026-04-01T00:00:00.000Z' } };
    expect(rowAfter(ledgerView, `investigation-${CASE_ID}`, ...found, reopened)).toMatchObject({
      stage: 'open', round: 2, verdict: null, evidence: 0, verification: 'none', severity: 'serious', concludedAt: null, awareAt: '2026-04-01T00:00:00.000Z',
    });
    const withdrawn: InvestigationEvent = { type: 'InvestigationWithdrawn', data: { caseId: CASE_ID, round: 1, goods: GOODS, why: 'unfounded' } };
    expect(rowAfter(ledgerView, `investigation-${CASE_ID}`, opened, withdrawn)?.stage).toBe('withdrawn');
    const restated: InvestigationEvent = { type: 'InvestigationRestated', data: { ...of, goods: { ...GOODS, lot: 'L-78' }, previous: GOODS } };
    expect(rowAfter(ledgerView, `investigation-${CASE_ID}`, opened, restated)).toMatchObject({ lot: 'L-78', personal: { eventId: 'e-0' } });
  });

  it('P002A-21 P002A-23 the stop-sale list shows how far an order reached: warehouse, sales, buyers', () => {
    const ordered = (caseId: string): StopSaleEvent => ({ type: 'StopSaleOrdered', data: { ...LOT, caseId, customerId: null, ground: 'precautionary' } });
    const reached: StopSaleEvent[] = [
      ordered('A'), { type: 'WarehouseHoldNoted', data: LOT }, { type: 'LotBuyersNoted', data: { ...LOT, buyers: ['c-2', 'c-3'] } },
      { type: 'StopSaleNoticeSent', data: { ...LOT, customerId: 'c-2' } }, { type: 'StopSaleNoticeSent', data: { ...LOT, customerId: 'c-3' } },
      { type: 'StopSaleNoticeAcknowledged', data: { ...LOT, customerId: 'c-3' } }, { type: 'HoldGroundAdded', data: { ...LOT, caseId: 'B', customerId: null } },
    ];
    const stream = `stopSale-${lotId('DV-100', 'L-77')}`;
    expect(rowAfter(stopSaleView, stream, ...reached)).toMatchObject({
      ...LOT, stage: 'held', cases: ['A', 'B'], warehouse: 'held', salesBlocked: 1, buyersTold: 2, buyersAcknowledged: 1, orderedAt: NOW, releasedAt: null,
    });
    const confirmed: StopSaleEvent = { type: 'StopSaleConfirmed', data: { ...LOT, caseId: 'A', customerId: null } };
    const removed: StopSaleEvent = { type: 'HoldGroundRemoved', data: { ...LOT, caseId: 'B' } };
    expect(rowAfter(stopSaleView, stream, ...reached, confirmed, removed)).toMatchObject({ stage: 'stopped', cases: ['A'], confirmedAt: '2026-03-11T06:07:00.000Z' });
    const resumed: StopSaleEvent[] = [
      { type: 'ResumeSaleOrdered', data: { ...LOT, caseId: 'A', foundAt: NOW, why: 'found-conforming' } }, { type: 'WarehouseReleaseNoted', data: LOT }, { type: 'SalesReleaseNoted', data: LOT },
      { type: 'ResumeSaleNoticeSent', data: { ...LOT, customerId: 'c-2' } },
    ];
    expect(rowAfter(stopSaleView, stream, ...reached, ...resumed)).toMatchObject({ stage: 'released', cases: [], warehouse: 'released', salesBlocked: 0, buyersToldToResume: 1 });
    expect(rowAfter(stopSaleView, stream, ...reached, ...resumed, ordered('C'))).toMatchObject({ stage: 'held', cases: ['C'], buyersTold: 0, releasedAt: null });
  });

  it('P003-28 P003-31 the adverse reaction register holds every report until and after its answer', () => {
    const reported = { caseId: CASE_ID, round: 1, customerId: null, goods: GOODS, awareAt: NOW, takenOn: '2026-03-10', notKnown: [] };
    const events: ReactionReportEvent[] = [
      { type: 'AdverseReactionRegistered', data: { ...reported, subject: SUBJECT_ID } }, { type: 'AdverseReactionTransferred', data: { to: 'u-t' } },
      { type: 'AdverseReactionAssessed', data: { seriousness: 'serious', expectedness: null, productKind: null } }, { type: 'AdverseReactionRestated', data: { ...reported, takenOn: '2026-03-09' } },
      { type: 'AdverseReactionAnswered', data: { caseId: CASE_ID, round: 1 } },
    ];
    expect(rowAfter(reactionReportView, `reactionReport-${CASE_ID}`, ...events)).toMatchObject({
      stage: 'answered', holder: 'u-t', seriousness: 'serious', takenOn: '2026-03-09', lot: 'L-77', answeredAt: '2026-03-11T06:04:00.000Z',
      personal: { eventId: 'e-0', fields: SEALED },
    });
    const of = { caseId: CASE_ID, round: 1 };
    const open: ReactionReportEvent = { type: 'ReportabilityUndetermined', data: { ...of, productKind: null, why: 'missing-input' } };
    const determined: ReactionReportEvent = { type: 'ReportabilityDetermined', data: { ...of, productKind: 'drug', duty: 'serious', by: 'person', countsFrom: NOW } };
    const filed: ReactionReportEvent = { type: 'AdverseReactionReportFiled', data: { ...of, filedAt: NOW, reference: 'ADR-1' } };
    expect(rowAfter(reactionReportView, `reactionReport-${CASE_ID}`, ...events, open)).toMatchObject({ reportability: 'undetermined', duty: null, filedAt: null });
    expect(rowAfter(reactionReportView, `reactionReport-${CASE_ID}`, ...events, open, determined, filed)).toMatchObject({
      reportability: 'determined', duty: 'serious', productKind: 'drug', filedAt: NOW,
    });
    const reopened: ReactionReportEvent = { type: 'AdverseReactionReopened', data: { caseId: CASE_ID, round: 2 } };
    expect(rowAfter(reactionReportView, `reactionReport-${CASE_ID}`, ...events, reopened)).toMatchObject({ stage: 'registered', round: 2, holder: null, answeredAt: null });
  });
});
