import type { EventType } from 'aftercare/contracts';
import { isRefusal, lotId, type Aggregate, type DecisionContext, type DomainEvent } from 'aftercare/kernel';
import { policySet, type PolicySet } from 'aftercare/policy';
import { CASE_ID, CLERK, NOW, SUBJECT_ID } from 'aftercare/testing';
import Value from 'typebox/value';
import type { InvestigationCommand } from './investigation/investigation.js';
import { investigation } from './investigation/investigation.decide.js';
import type { ReactionReportCommand } from './reaction-report/reaction-report.js';
import { reactionReport } from './reaction-report/reaction-report.decide.js';
import type { StopSaleCommand } from './stop-sale/stop-sale.js';
import { stopSale } from './stop-sale/stop-sale.decide.js';

const GOODS = {
  productCode: 'DV-100', productName: 'Pump', model: null, lot: 'L-77', manufacturedOn: null, arrivedOn: null, expiresOn: null, quantity: 2, notKnown: [],
};
const LOT = { productCode: 'DV-100', lot: 'L-77' };
const OF = { round: 1, customerId: 'c-1', goods: GOODS, awareAt: NOW };

/** Everything that a run of commands records; a refusal is a mistake of the test. */
function recorded<C, S>(aggregate: Aggregate<C, S, DomainEvent, PolicySet>, id: string, commands: readonly C[]): readonly DomainEvent[] {
  const context: DecisionContext<PolicySet> = { id, freshId: SUBJECT_ID, now: NOW, actor: CLERK, policy: policySet() };
  let state = aggregate.decider.initial;
  const all: DomainEvent[] = [];
  for (const command of commands) {
    const decided = aggregate.decider.decide(command, state, context);
    if (isRefusal(decided)) throw new Error(`${JSON.stringify(command)}: ${decided.refused}`);
    all.push(...decided);
    state = decided.reduce((folded, event) => aggregate.decider.evolve(folded, event), state);
  }
  return all;
}

/** What an event carries that its published type does not name. */
function departures({ type, data, personal }: DomainEvent, formats: Aggregate['formats']): string[] {
  const format = formats[type] as EventType | undefined;
  if (!format) return [`${type} is not published`];
  const wrong = Value.Check(format.data, data) ? [] : [`${type}: ${JSON.stringify(data)}`];
  const extra = Object.keys(personal?.fields ?? {}).filter((field) => !format.personal.includes(field));
  return [...wrong, ...extra.map((field) => `${type}.personal.${field}`)];
}

/** Compares both ways: nothing is recorded outside its contract, and every published event is recorded by somebody. */
function holdsTo<C, S>(aggregate: Aggregate<C, S, DomainEvent, PolicySet>, id: string, ...runs: readonly (readonly C[])[]): void {
  const events = runs.flatMap((commands) => recorded(aggregate, id, commands));
  expect(events.flatMap((event) => departures(event, aggregate.formats))).toEqual([]);
  const published = Object.keys(aggregate.formats).filter((type) => !type.startsWith('Deadline'));
  expect(published.filter((type) => !events.some((event) => event.type === type))).toEqual([]);
}

describe('what quality publishes', () => {
  it('an investigation records exactly what its contract names', () => {
    const open: InvestigationCommand = { type: 'OpenInvestigation', ...OF, locality: 'local', subject: SUBJECT_ID, description: '报警' };
    holdsTo(investigation as unknown as Aggregate<InvestigationCommand, unknown, DomainEvent, PolicySet>, CASE_ID, [
      open, { ...open, goods: { ...GOODS, lot: 'L-78' } }, { type: 'AssessSeverity', severity: 'serious', reasoning: 'r' },
      { type: 'GradeProblem', productLine: 'battery' },
      { type: 'DetermineGrade', grade: 'major', treatment: 'after-head-approval', reasoning: 'r' }, { type: 'DispatchSiteVerification', inspector: 'u-7' }, { type: 'CompleteSiteVerification', finding: 'f' },
      { type: 'AddEvidence', kind: 'photo', sha256: 'a'.repeat(64), description: 'd' }, { type: 'AddEvidence', kind: 'sample', description: 'd' },
      { type: 'RequestManufacturerSupport', manufacturer: 'm', question: 'q' },
      { type: 'DecideDisposition', interim: false, disposition: 'return', opinion: 'o' }, { type: 'ReachVerdict', verdict: 'nonconforming', fault: 'maker', finding: 'f' },
      { type: 'NotifyQualityHead', head: 'u-h' }, { type: 'RaiseSupplierQuery', supplier: 's', query: 'q' },
      { type: 'AssignResponsibility', department: 'production' }, { type: 'RequestCorrectiveAction', kind: 'preventive', department: 'production', action: 'a' },
      { type: 'ReopenInvestigation', round: 2, customerId: null, locality: 'local', goods: null, awareAt: NOW, why: 'w' }, { type: 'WithdrawInvestigation', why: 'unfounded' },
    ]);
  });

  it('a stop-sale records exactly what its contract names', () => {
    const hold = (caseId: string): StopSaleCommand => ({ type: 'HoldLot', ...LOT, caseId, customerId: null });
    const letGo = (caseId: string): StopSaleCommand => ({ type: 'RemoveHoldGround', caseId, foundAt: NOW, why: 'found-conforming' });
    holdsTo(stopSale as unknown as Aggregate<StopSaleCommand, unknown, DomainEvent, PolicySet>, lotId('DV-100', 'L-77'), [
      hold('A'), hold('B'), { type: 'NoteWarehouseHold', held: true }, { type: 'SendStopSaleNotices', buyers: ['c-2'] },
      { type: 'AcknowledgeNotice', customerId: 'c-2' }, letGo('A'), letGo('B'), { type: 'NoteWarehouseHold', held: false }, { type: 'SendResumeSaleNotices' },
    ], [hold('A'), { type: 'ConfirmStopSale', ...LOT, caseId: 'A', customerId: 'c-1' }]);
  });

  it('a reaction report records exactly what its contract names', () => {
    const told = { subject: SUBJECT_ID, description: 'd', reactionTerm: 't', quantityTaken: 'q', concomitantDrugs: 'c' };
    const register: ReactionReportCommand = { type: 'RegisterReaction', ...OF, takenOn: '2026-03-10', notKnown: [], ...told };
    holdsTo(reactionReport as unknown as Aggregate<ReactionReportCommand, unknown, DomainEvent, PolicySet>, CASE_ID, [
      register, register, { type: 'TransferToTechnical', to: 'u-t' }, { type: 'AssessReaction', seriousness: 'serious', reasoning: 'r' },
      { type: 'AssessReaction', seriousness: 'serious', productKind: 'drug', reasoning: 'r' }, { type: 'FileReactionReport', filedAt: NOW, reference: 'ADR-1' },
      { type: 'AnswerReaction', reply: 'r' }, { type: 'ReopenReaction', round: 2, why: 'w' },
    ]);
  });
});
