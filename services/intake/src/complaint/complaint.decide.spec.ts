import { isClassified, type ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';
import { policySet, type PolicySet } from 'aftercare/policy';
import { given, everyPair, NOW, SUBJECT_ID, CASE_ID } from 'aftercare/testing';
import type { ComplaintEvent } from 'aftercare/contracts';

const GOODS = {
  productCode: 'DV-100', productName: 'Infusion pump', model: 'A2', lot: 'L-77', manufacturedOn: '2025-06-01', arrivedOn: '2025-07-01',
  expiresOn: '2027-06-01', quantity: 2, notKnown: [],
};
const registered: ComplaintEvent = {
  type: 'ComplaintRegistered',
  data: {
    channel: 'hotline', occurredAt: null, awareAt: '2026-03-11T05:00:00.000Z', subject: SUBJECT_ID, customerId: 'c-1', locality: 'local',
    firstContactOwner: 'u-9', source: null,
  },
};
const classifiedAs = (kind: 'service' | 'product-quality' | 'adverse-reaction'): ComplaintEvent => ({
  type: 'ComplaintClassified',
  data: {
    class: kind, caseId: CASE_ID, round: 1, customerId: 'c-1', locality: 'local', subject: SUBJECT_ID, awareAt: '2026-03-11T05:00:00.000Z',
    goods: GOODS, reaction: null, complainedOf: null,
  },
});
const validity = (valid: boolean): ComplaintEvent => ({
  type: 'ComplaintValidityDetermined', data: { valid, groundsSufficient: valid, demandReasonable: true, companyError: false },
});
const verdict: ComplaintEvent = { type: 'QualityVerdictNoted', data: { verdict: 'nonconforming', investigationId: CASE_ID } };
const planned = (remedies: ('return' | 'apology')[], compensation: number | null): ComplaintEvent => ({
  type: 'HandlingPlanFixed',
  data: {
    caseId: CASE_ID, round: 1, customerId: 'c-1', locality: 'local', class: 'service', remedies, goods: null, verdict: null,
    compensation: compensation === null ? null : { minor: compensation, currency: 'CNY' }, planNumber: 1,
  },
});
const implemented: ComplaintEvent = { type: 'ResolutionImplemented', data: {} };
const communicated: ComplaintEvent = { type: 'ResolutionCommunicated', data: { caseId: CASE_ID, round: 1, customerId: 'c-1', unfounded: false } };
const closed: ComplaintEvent = { type: 'CaseClosed', data: { caseId: CASE_ID, round: 1, ground: 'satisfied', rounds: 1 } };

const register: ComplaintCommand = {
  type: 'RegisterComplaint', channel: 'hotline', awareAt: '2026-03-11T05:00:00.000Z', locality: 'local', complainant: '王芳',
  subject: '输液泵报警', demand: '更换',
};
const plan: ComplaintCommand = { type: 'FixHandlingPlan', remedies: ['apology'], plan: 'We apologise and explain.' };
const satisfied = (outcome: 'satisfied' | 'dissatisfied' | 'unreachable', round = 1): ComplaintCommand =>
  ({ type: 'NoteSatisfaction', outcome, callbackId: 'cb', remark: null, round });

const service = [registered, classifiedAs('service')];
const validService = [...service, validity(true)];

describe('a complaint', () => {
  describe('registration', () => {
    it('P000-27 is saved with time, complainant, subject and demand, and keeps the words personal', () => {
      const then = given(complaint).when(register);
      expect(then.types).toEqual(['ComplaintRegistered']);
      expect(then.events[0]?.personal).toEqual({ subject: SUBJECT_ID, fields: { complainant: '王芳', subject: '输液泵报警', demand: '更换' } });
      expect(JSON.stringify(then.events[0]?.data)).not.toContain('王芳');
    });

    it('P001E-04 leaves first-contact responsibility with the first taker when the case changes hands', () => {
      const then = given(complaint, registered).when({ type: 'AssignCase', handler: 'u-2' });
      expect(then.state.own).toMatchObject({ firstContactOwner: 'u-9', handler: 'u-2' });
    });

    it('refuses awareness in the future and an occurrence after awareness', () => {
      expect(given(complaint).when({ ...register, awareAt: '2026-03-11T06:06:00.000Z' })).toMatchObject({ refused: 'time-in-the-future', field: 'awareAt' });
      expect(given(complaint).when({ ...register, awareAt: '2026-03-11T06:04:00.000Z' }).refused).toBeNull();
      expect(given(complaint).when({ ...register, occurredAt: '2026-03-11T05:00:01.000Z' })).toMatchObject({ refused: 'occurred-after-aware' });
    });

    it('P003-19 a quality complaint without a lot is refused, and accepted when the customer cannot state it', () => {
      const goods = { productName: 'Pump', manufacturedOn: '2025-06-01', arrivedOn: '2025-07-01' };
      const named = { ...register, classification: { class: 'product-quality' as const, goods } };
      expect(given(complaint).when(named)).toMatchObject({ refused: 'required-field-missing', rule: 'P003-19', field: 'classification.goods.lot' });
      const unknown = { ...named, classification: { ...named.classification, goods: { ...goods, notKnown: ['lot'] } } };
      expect(given(complaint).when(unknown).types).toEqual(['ComplaintRegistered', 'ComplaintClassified']);
    });

    it('P003-28 an adverse reaction names what was taken, how much, when and with what', () => {
      const reaction = { reactionTerm: 'dizziness', takenOn: '2026-03-10', quantityTaken: '2 tablets' };
      const command = { ...register, classification: { class: 'adverse-reaction' as const, goods: { productName: 'X', lot: 'L' }, reaction } };
      expect(given(complaint).when(command)).toMatchObject({ refused: 'required-field-missing', rule: 'P003-28', field: 'classification.reaction.concomitantDrugs' });
      const complete = { ...command, classification: { ...command.classification, reaction: { ...reaction, concomitantDrugs: 'none' } } };
      const classified = given(complaint).when(complete).events[1];
      expect(classified?.personal?.fields).toMatchObject({ reactionTerm: 'dizziness', concomitantDrugs: 'none' });
    });
  });

  describe('clocks', () => {
    it('P001E-36 P003-35 count from awareness, not from entry, and say so when already late', () => {
      const set = given(complaint).when({ ...register, awareAt: '2026-03-11T01:00:00.000Z' }).deadlines[0];
      if (set?.type !== 'DeadlinesSet') throw new Error('no deadlines were set');
      const byClock = Object.fromEntries(set.data.clocks.map((c) => [c.clock, c]));
      expect(byClock['P001E/complaint.first_contact']).toMatchObject({ dueAt: '2026-03-11T05:00:00.000Z', late: true, rule: 'P001E-36' });
      expect(byClock['P003/complaint.reply']).toMatchObject({ dueAt: '2026-03-12T01:00:00.000Z', late: false, rule: 'P003-35' });
      expect(byClock['P001E/complaint.total']).toMatchObject({ dueAt: '2026-03-18T01:00:00.000Z', rule: 'P001E-48' });
    });

    it('P001E-48 a year without a calendar is undetermined, never guessed', () => {
      const set = given(complaint).when({ ...register, awareAt: '2019-05-02T01:00:00.000Z' }).deadlines[0];
      if (set?.type !== 'DeadlinesSet') throw new Error('no deadlines were set');
      expect(set.data.clocks.find((c) => c.clock === 'P001E/complaint.total')).toMatchObject({ dueAt: null, late: false });
    });

    it('P003-36 a promised time becomes a deadline, and a new promise replaces it', () => {
      const promise = (promisedAt: string): ComplaintCommand => ({ type: 'SendInterimReply', reply: 'We test the pump.', promisedAt });
      expect(given(complaint, registered).when(promise(NOW))).toMatchObject({ refused: 'promise-in-the-past', rule: 'P003-36' });
      const then = given(complaint, registered).when(promise('2026-03-20T00:00:00.000Z'));
      expect(then.state.clocks['promise/interim_reply']?.dueAt).toBe('2026-03-20T00:00:00.000Z');
      const decided = complaint.decider.decide(promise('2026-03-25T00:00:00.000Z'), then.state, { id: CASE_ID, freshId: '', now: NOW, actor: { id: 'u', role: 'r' }, policy: policySet() });
      expect(decided).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'DeadlinesDropped' }), expect.objectContaining({ type: 'DeadlinesSet' })]));
    });

    it('a breach is recorded once', () => {
      const running = given(complaint).when({ ...register, awareAt: NOW }).state;
      const at = (now: string, state: typeof running) => complaint.decider.decide({ type: 'NoteDueDeadlines', clock: 'P001E/complaint.first_contact' }, state,
        { id: CASE_ID, freshId: '', now, actor: { id: 'w', role: 'system' }, policy: policySet() });
      const types = (decided: ReturnType<typeof at>): string[] => ('refused' in decided ? [decided.refused] : decided.map(({ type }) => type));
      expect(types(at('2026-03-11T09:59:59.999Z', running))).not.toContain('DeadlineBreached');
      const breached = at('2026-03-11T10:00:00.000Z', running);
      expect(types(breached)).toContain('DeadlineBreached');
      expect(at('2026-03-11T11:00:00.000Z', ('refused' in breached ? [] : breached).reduce(complaint.decider.evolve, running))).toEqual([]);
    });
  });

  describe('finding and plan', () => {
    it('P002B-33 stands only if the grounds suffice and the demand is reasonable; the inputs are recorded', () => {
      const judge = (groundsSufficient: boolean, demandReasonable: boolean) =>
        given(complaint, ...service).when({ type: 'DetermineValidity', groundsSufficient, demandReasonable, companyError: true, explanation: 'x' });
      expect([judge(true, true), judge(true, false), judge(false, true), judge(false, false)].map(({ stage }) => stage))
        .toEqual(['classified', 'unfounded', 'unfounded', 'unfounded']);
      expect(judge(true, false).events[0]?.policy).toMatchObject({ rule: 'P002B-33', inputs: { demandReasonable: false }, outcome: 'unfounded' });
    });

    it('P003-06 under a policy that asks for the company\'s own error, that decides alone', () => {
      const policy = { ...policySet(), setting: (() => ['companyError']) as unknown as PolicySet['setting'] };
      const judge = (companyError: boolean) => given(complaint, ...service)
        .when({ type: 'DetermineValidity', groundsSufficient: !companyError, demandReasonable: !companyError, companyError, explanation: 'x' }, { policy });
      expect([judge(true), judge(false)].map(({ stage }) => stage)).toEqual(['classified', 'unfounded']);
    });

    it('P000-31 no plan before a finding: validity, verdict, technical reply, opinion', () => {
      expect(given(complaint, ...service).when(plan)).toMatchObject({ refused: 'finding-missing', rule: 'P000-31' });
      expect(given(complaint, ...validService).when(plan).stage).toBe('planned');
      const quality = [registered, classifiedAs('product-quality'), validity(true)];
      expect(given(complaint, ...quality).when(plan).refused).toBe('finding-missing');
      expect(given(complaint, ...quality, verdict).when(plan).stage).toBe('planned');
      const adverse = [registered, classifiedAs('adverse-reaction'), validity(true)];
      expect(given(complaint, ...adverse).when(plan).refused).toBe('finding-missing');
      expect(given(complaint, ...adverse, { type: 'TechnicalReplyNoted', data: { reportId: 'r' } }).when(plan).stage).toBe('planned');
      const escalated: ComplaintEvent = { type: 'CaseEscalated', data: { to: 'u-5' } };
      expect(given(complaint, ...validService, escalated).when(plan).refused).toBe('finding-missing');
      expect(given(complaint, ...validService, escalated, { type: 'HandlingOpinionGiven', data: {} }).when(plan).stage).toBe('planned');
    });

    it('P001E-46 is carried out only when logistics and billing have finished', () => {
      const waiting = [...validService, planned(['return'], 5000)];
      const done: ComplaintCommand = { type: 'RecordImplementation', note: 'done' };
      const settled = (remedy: 'return' | 'compensation', outcome: 'done' | 'refused'): ComplaintEvent =>
        ({ type: 'RemedySettled', data: { remedy, outcome, reference: 'x' } });
      expect(given(complaint, ...waiting).when(done).refused).toBe('remedy-outstanding');
      expect(given(complaint, ...waiting, settled('return', 'done')).when(done).refused).toBe('remedy-outstanding');
      expect(given(complaint, ...waiting, settled('return', 'done'), settled('compensation', 'done')).when(done).stage).toBe('implemented');
    });

    it('a refused return or rejected approval lets the plan be fixed anew', () => {
      const waiting = [...validService, planned(['return'], null)];
      expect(given(complaint, ...waiting).when(plan).refused).toBe('wrong-stage');
      const refused: ComplaintEvent = { type: 'RemedySettled', data: { remedy: 'return', outcome: 'refused', reference: 'x' } };
      expect(given(complaint, ...waiting, refused).when(plan).types).toEqual(['HandlingPlanFixed']);
    });
  });

  describe('major complaints', () => {
    const loss = (minor: number): ComplaintCommand => ({ type: 'FlagMajor', trigger: 'economic-loss', loss: { minor, currency: 'CNY' }, learnedAt: NOW });
    it('P001E-49 a loss of 5000.00 yuan is major, 4999.99 is not', () => {
      expect(given(complaint, registered).when(loss(499_999))).toMatchObject({ refused: 'below-major-threshold', rule: 'P001E-49' });
      expect(given(complaint, registered).when(loss(500_000)).types).toEqual(['ComplaintFlaggedMajor']);
    });
    it('P001E-51 owner and supervisor are two people', () => {
      const flagged = given(complaint, registered).when(loss(500_000)).events as ComplaintEvent[];
      const dedicate = (supervisor: string): ComplaintCommand => ({ type: 'AssignDedicatedHandler', handler: 'u-3', supervisor });
      expect(given(complaint, registered, ...flagged).when(dedicate('u-3')).refused).toBe('separation-of-duties');
      expect(given(complaint, registered, ...flagged).when(dedicate('u-4')).types).toEqual(['DedicatedHandlerAssigned']);
    });
  });

  describe('the end', () => {
    const told = [...validService, planned(['apology'], null), implemented, communicated];
    it('P000-36 a dissatisfied customer opens the next round, as often as it takes', () => {
      const second = given(complaint, ...told).when(satisfied('dissatisfied'));
      expect(second.types).toEqual(['SatisfactionNoted', 'CaseReopened']);
      expect(second.state.own).toMatchObject({ stage: 'classified', round: 2, valid: null });
      const again = given(complaint, ...told, ...(second.events as ComplaintEvent[]), validity(true), planned(['apology'], null), implemented, communicated);
      expect(again.when(satisfied('dissatisfied', 2)).state.own).toMatchObject({ round: 3 });
    });
    it('P000-36 satisfaction closes, an unreachable customer closes marked as such', () => {
      expect(given(complaint, ...told).when(satisfied('satisfied')).events[1]?.data).toMatchObject({ ground: 'satisfied' });
      expect(given(complaint, ...told).when(satisfied('unreachable')).events[1]?.data).toMatchObject({ ground: 'unreachable' });
    });
    it('an answer that belongs to an earlier round changes nothing', () => {
      const late: ComplaintCommand = { type: 'NoteQualityVerdict', verdict: 'conforming', investigationId: 'i', finding: 'late', round: 7 };
      expect(given(complaint, registered, classifiedAs('product-quality')).when(late).types).toEqual([]);
      expect(given(complaint, ...told).when(satisfied('satisfied', 7)).types).toEqual([]);
    });
    it('P002B-34 an unfounded complaint is explained and then closed by a person', () => {
      const explained = given(complaint, ...service, validity(false)).when({ type: 'CommunicateOutcome', message: 'It was a misunderstanding.' });
      expect(explained.events[0]?.data).toMatchObject({ unfounded: true });
      const ended = given(complaint, ...service, validity(false), ...(explained.events as ComplaintEvent[])).when({ type: 'CloseCase' });
      expect(ended.events[0]?.data).toMatchObject({ ground: 'unfounded' });
      expect(given(complaint, ...told).when({ type: 'CloseCase' })).toMatchObject({ refused: 'callback-outstanding', rule: 'P000-36' });
    });
    it('P003-10 what can be explained is solved on the spot, and the customer is still called back', () => {
      const then = given(complaint, registered).when({ type: 'ResolveOnSpot', resolution: 'Showed how to switch it on.' });
      expect(then.types).toEqual(['ComplaintResolvedOnSpot', 'ResolutionCommunicated']);
      expect(isClassified(then.state.own) && then.state.own.stage).toBe('communicated');
    });
  });

  it('answers every stage x command pair', () => {
    const stages = {
      new: [], registered: [registered], classified: validService, unfounded: [...service, validity(false)],
      planned: [...validService, planned(['apology'], null)], implemented: [...validService, planned(['apology'], null), implemented],
      communicated: [...validService, planned(['apology'], null), implemented, communicated],
      closed: [...validService, planned(['apology'], null), implemented, communicated, closed],
    };
    const note = 'n';
    const commands: ComplaintCommand[] = [
      register, { type: 'ClassifyComplaint', class: 'service' },
      { type: 'DetermineValidity', groundsSufficient: true, demandReasonable: true, companyError: true, explanation: note },
      { type: 'AssignCase', handler: 'u' }, { type: 'RecordFirstContact', contactedAt: NOW, note }, { type: 'IssueApology', note },
      { type: 'SendProgressUpdate', note }, { type: 'SendInterimReply', reply: note, promisedAt: '2026-03-12T00:00:00.000Z' },
      { type: 'FlagMajor', trigger: 'public-exposure', learnedAt: NOW }, { type: 'ReportMajor', reportedTo: 'u' },
      { type: 'AssignDedicatedHandler', handler: 'a', supervisor: 'b' }, { type: 'EscalateToHead', to: 'u', why: note },
      { type: 'GiveHandlingOpinion', opinion: note }, plan, { type: 'RecordImplementation', note }, { type: 'CommunicateOutcome', message: note },
      { type: 'ResolveOnSpot', resolution: note }, { type: 'RecordSummary', summary: note }, { type: 'CloseCase' },
      { type: 'NoteQualityVerdict', verdict: 'conforming', investigationId: 'i', finding: note, round: 1 },
      { type: 'NoteTechnicalReply', reportId: 'r', reply: note, round: 1 },
      { type: 'SettleRemedy', remedy: 'return', outcome: 'done', reference: 'x', reason: null, round: 1 }, satisfied('satisfied'), { type: 'NoteOpenedForCase', opened: 'billing.ApprovalProposed' },
    ];
    expect(everyPair(complaint, stages, commands)).toMatchSnapshot();
  });
});
