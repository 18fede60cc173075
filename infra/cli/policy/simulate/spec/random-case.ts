import type { Recording } from 'aftercare/testing';
import { idAt } from 'aftercare/testing';
import { complaint } from '../../../../../services/intake/src/complaint/complaint.decide.js';
import { investigation } from '../../../../../services/quality/src/investigation/investigation.decide.js';
import { stopSale } from '../../../../../services/quality/src/stop-sale/stop-sale.decide.js';

const note = '已记录';
const goods = { productCode: 'DV-100', productName: '输液泵', model: 'A2', lot: 'L-77', manufacturedOn: '2025-06-01', arrivedOn: '2025-07-01', expiresOn: '2036-06-01', quantity: 2 };
const REFERENCE = '019caaaa-0000-7000-8000-000000000001';
const LOT = { productCode: 'DV-100', lot: 'L-77' };

/** Numbers from 0 up to `below`, as a test's generator draws them. */
export type Draw = (below: number) => number;
type Told = { readonly type: string } & Readonly<Record<string, unknown>>;

const pausing: readonly Told[] = [
  { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' }, { type: 'ResumeDeadlines' }, { type: 'PauseDeadlines', reasonCode: 'other' }, { type: 'ResumeDeadlines' },
];

function complaintCommand(draw: Draw, at: string, round: number): Told {
  const later = new Date(Date.parse(at) + draw(30) * 86_400_000).toISOString();
  const commands: readonly Told[] = [
    ...pausing,
    { type: 'ClassifyComplaint', class: 'service' }, { type: 'ClassifyComplaint', class: 'product-quality', goods }, { type: 'ClassifyComplaint', class: 'service' },
    { type: 'DetermineValidity', groundsSufficient: true, demandReasonable: true, companyError: true, explanation: note },
    { type: 'RecordFirstContact', contactedAt: at, note }, { type: 'SendProgressUpdate', note }, { type: 'SendInterimReply', reply: note, promisedAt: later },
    { type: 'FlagMajor', trigger: 'public-exposure', learnedAt: at }, { type: 'ReportMajor', reportedTo: 'u' },
    { type: 'EscalateToHead', to: 'u', why: note }, { type: 'GiveHandlingOpinion', opinion: note },
    { type: 'FixHandlingPlan', remedies: ['apology'], plan: note }, { type: 'RecordImplementation', note }, { type: 'CommunicateOutcome', message: note },
    { type: 'FixHandlingPlan', remedies: ['apology'], plan: note }, { type: 'RecordImplementation', note }, { type: 'CommunicateOutcome', message: note },
    { type: 'ResolveOnSpot', resolution: note }, { type: 'NoteQualityVerdict', verdict: 'nonconforming', investigationId: REFERENCE, finding: note, round },
    { type: 'NoteSatisfaction', outcome: 'dissatisfied', callbackId: REFERENCE, remark: note, round }, { type: 'NoteSatisfaction', outcome: 'satisfied', callbackId: REFERENCE, remark: note, round },
  ];
  return commands[draw(commands.length)] as Told;
}

function investigationCommand(draw: Draw, at: string, round: number): Told {
  const commands: readonly Told[] = [
    ...pausing,
    { type: 'AssessSeverity', severity: 'serious', reasoning: note }, { type: 'DispatchSiteVerification', inspector: 'u-7' }, { type: 'CompleteSiteVerification', finding: note },
    { type: 'DecideDisposition', interim: draw(2) === 0, disposition: 'return', opinion: note }, { type: 'ReachVerdict', verdict: 'nonconforming', fault: 'maker', finding: note },
    { type: 'ReopenInvestigation', round: round + 1, customerId: 'c-1', locality: 'local', goods: { ...goods, notKnown: [] }, awareAt: at, why: null },
  ];
  return commands[draw(commands.length)] as Told;
}

function stopSaleCommand(draw: Draw, at: string, caseId: string): Told {
  const commands: readonly Told[] = [
    { type: 'HoldLot', ...LOT, caseId, customerId: 'c-1' }, { type: 'ConfirmStopSale', ...LOT, caseId, customerId: null }, { type: 'SendStopSaleNotices', buyers: ['c-1', 'c-2'] },
    { type: 'RemoveHoldGround', caseId, foundAt: at, why: 'found-conforming' }, { type: 'RemoveHoldGround', caseId, foundAt: at, why: 'found-conforming' }, { type: 'SendResumeSaleNotices' },
    { type: 'NoteWarehouseHold', held: true }, { type: 'NoteWarehouseHold', held: false }, ...pausing,
  ];
  return commands[draw(commands.length)] as Told;
}

const between = (draw: Draw): number => [60_000 * draw(60), 3_600_000 * draw(12), 86_400_000 * draw(4)][draw(3)] ?? 0;
const plus = (instant: string, millis: number): string => new Date(Date.parse(instant) + millis).toISOString();

/** People do what comes to their mind; what the deciders refuse was not done. The watch looks now and then, as it does. */
export function randomComplaint(recording: Recording, draw: Draw, opened: string): string {
  const id = idAt(opened);
  const awareAt = plus(opened, -[0, 3_600_000, 10 * 86_400_000][draw(3)]!);
  recording.do(complaint, id, {
    type: 'RegisterComplaint', channel: 'hotline', awareAt, locality: 'local', complainant: '王芳', subject: note, demand: note,
    ...(draw(2) === 0 && { classification: { class: 'service' } }),
  } as Told, { at: opened });
  let at = opened;
  for (let step = 0; step < 25; step += 1) {
    at = plus(at, between(draw));
    if (draw(2) === 0) recording.watch(at);
    recording.do(complaint, id, complaintCommand(draw, at, 1 + draw(2)), { at });
  }
  return at;
}

export function randomInvestigation(recording: Recording, draw: Draw, opened: string): string {
  const id = idAt(opened);
  recording.do(investigation, id, {
    type: 'OpenInvestigation', round: 1, customerId: 'c-1', locality: draw(2) === 0 ? 'local' : 'non-local', goods: { ...goods, notKnown: [] }, awareAt: opened, subject: REFERENCE, description: null,
  } as Told, { at: opened });
  let at = opened;
  for (let step = 0; step < 15; step += 1) {
    at = plus(at, between(draw));
    if (draw(2) === 0) recording.watch(at);
    recording.do(investigation, id, investigationCommand(draw, at, 1 + draw(2)), { at });
  }
  return at;
}

/** One lot, and two cases about it. */
export function randomStopSale(recording: Recording, draw: Draw, opened: string, lot: string): string {
  const cases = [idAt(opened, 1), idAt(opened, 2)];
  let at = opened;
  for (let step = 0; step < 40; step += 1) {
    at = plus(at, between(draw));
    if (draw(2) === 0) recording.watch(at);
    const caseId = cases[draw(2)] as string;
    recording.do(stopSale, lot, stopSaleCommand(draw, at, caseId), { at, caseId });
  }
  return at;
}
