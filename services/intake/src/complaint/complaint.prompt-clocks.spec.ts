import type { ClockKey } from 'aftercare/policy';
import { Driven, onlyClock, shanghai } from 'aftercare/testing';
import type { ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';

const register: ComplaintCommand = {
  type: 'RegisterComplaint', channel: 'hotline', awareAt: shanghai('2026-03-11 08:00'), locality: 'local', complainant: '王芳', subject: '态度', demand: '道歉',
};
const asService: ComplaintCommand = { type: 'ClassifyComplaint', class: 'service' };
const judge = (companyError: boolean): ComplaintCommand =>
  ({ type: 'DetermineValidity', groundsSufficient: companyError, demandReasonable: companyError, companyError, explanation: 'e' });
const escalate: ComplaintCommand = { type: 'EscalateToHead', to: 'u-5', why: 'w' };
const opinion: ComplaintCommand = { type: 'GiveHandlingOpinion', opinion: 'o' };
const plan: ComplaintCommand = { type: 'FixHandlingPlan', remedies: ['apology'], plan: 'p' };
const carryOut: ComplaintCommand = { type: 'RecordImplementation', note: 'n' };
const communicate: ComplaintCommand = { type: 'CommunicateOutcome', message: 'm' };
const onSpot: ComplaintCommand = { type: 'ResolveOnSpot', resolution: 'r' };
const close: ComplaintCommand = { type: 'CloseCase' };
const answered = (outcome: 'satisfied' | 'dissatisfied', round = 1): ComplaintCommand =>
  ({ type: 'NoteSatisfaction', outcome, callbackId: 'cb', remark: null, round });

const registered = (key: ClockKey, ...then: readonly ComplaintCommand[]) => {
  const one = new Driven(complaint, { policy: onlyClock(key), actor: { id: 'u-1', role: 'intake.administrator' } });
  one.send('2026-03-11 09:00', register);
  for (const command of then) one.send('2026-03-11 10:00', command);
  return one;
};
const met = (clock: string) => [{ type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock, late: false })] } }];
const at = '2026-03-11 11:00';

describe('the start of the investigation, where a company gives it a time', () => {
  const [KEY, CLOCK] = ['complaint.investigation_start', 'ours/complaint.investigation_start'] as const;

  it.each<[string, ComplaintCommand]>([['its class sends the case to whoever investigates it', asService], ['what is solved on the spot needs none', onSpot]])(
    'P000-28 P002A-09 counts from awareness, and %s', (_, command) => {
      const one = registered(KEY);
      expect(one.running()).toEqual({ [CLOCK]: '2026-03-12 08:00' });
      expect(one.send(at, command)).toEqual(met(CLOCK));
    });

  it('P000-28 a complaint that is entered with its class has met it, late where it was entered late', () => {
    const one = new Driven(complaint, { policy: onlyClock(KEY) });
    expect(one.send('2026-03-12 09:00', { ...register, classification: { class: 'service' } })).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: CLOCK, late: true }] } }]);
    expect(one.running()).toEqual({});
  });

  it('P000-28 another class, later, owes no second start', () => {
    const one = registered(KEY, asService);
    expect(one.send(at, { type: 'ClassifyComplaint', class: 'product-quality', goods: { productName: 'X', notKnown: ['lot', 'manufacturedOn', 'arrivedOn'] } })).toEqual([]);
  });
});

describe('the first contact', () => {
  const [KEY, CLOCK] = ['complaint.first_contact', 'ours/complaint.first_contact'] as const;

  it('P001E-36 is met where the matter was solved on the spot, for somebody spoke to the customer', () => {
    expect(registered(KEY).send(at, onSpot)).toEqual(met(CLOCK));
  });

  it('P001E-36 is owed no more once the case is closed', () => {
    const one = registered(KEY, asService, judge(false), communicate);
    expect(one.send(at, close)).toEqual([{ type: 'DeadlinesDropped', data: { clocks: [CLOCK], why: 'CaseClosed' } }]);
  });
});

describe('a promised time', () => {
  it('P003-36 warns and calls like the clock of the interim reply, and like no other', () => {
    const promise: ComplaintCommand = { type: 'SendInterimReply', reply: 'r', promisedAt: shanghai('2026-03-11 20:00') };
    const calls = { warn: [50], escalate: [{ percent: 100, to: ['intake.head'] }] };
    const steps = (key: ClockKey) => {
      const one = new Driven(complaint, { policy: onlyClock(key, calls) });
      for (const command of [register, promise]) one.send('2026-03-11 10:00', command);
      return one.state.clocks['promise/interim_reply']?.steps.map(({ step }) => step);
    };
    expect([steps('complaint.interim_reply'), steps('complaint.reply')]).toEqual([['warn.50', 'breach', 'escalate.1'], ['breach']]);
  });
});

describe('telling the customer the outcome, where a company gives it a time', () => {
  const [KEY, CLOCK] = ['complaint.outcome_notice', 'ours/complaint.outcome_notice'] as const;

  it.each<[string, readonly ComplaintCommand[]]>([
    ['P000-34 P001E-18 the plan', [asService, judge(true), plan]], ['P003-18 the opinion', [asService, escalate, opinion]],
    ['P003-07 the finding that the complaint is unfounded', [asService, judge(false)]],
  ])('%s starts it', (_, commands) => {
    expect(registered(KEY, ...commands.slice(0, -1)).running()).toEqual({});
    expect(registered(KEY, ...commands).running()).toEqual({ [CLOCK]: '2026-03-12 10:00' });
  });

  it('P000-34 the plan that follows an opinion does not count anew, and telling the customer meets it', () => {
    const one = registered(KEY, asService, judge(true), escalate, opinion);
    one.send(at, plan);
    expect(one.running()).toEqual({ [CLOCK]: '2026-03-12 10:00' });
    one.send(at, carryOut);
    expect(one.send(at, communicate)).toEqual(met(CLOCK));
  });

  it('P000-36 counts anew with the plan of the next round', () => {
    const one = registered(KEY, asService, judge(true), plan, carryOut, communicate, answered('dissatisfied'), judge(true));
    expect(one.running()).toEqual({});
    one.send('2026-03-16 09:00', plan);
    expect(one.running()).toEqual({ [CLOCK]: '2026-03-17 09:00' });
  });

  it('P003-18 what the customer was told is not owed again for an opinion that comes later', () => {
    expect(registered(KEY, asService, judge(true), plan, carryOut, communicate, escalate, opinion).running()).toEqual({});
  });

  it('P000-34 an unfounded complaint that is told and closed leaves none behind', () => {
    const one = registered(KEY, asService, judge(false));
    expect(one.send(at, communicate)).toEqual(met(CLOCK));
    one.send(at, close);
    expect(one.running()).toEqual({});
  });
});

describe('one key that two policies give a time', () => {
  it('P001E-46 P003-34 runs a clock for each of them, side by side, from the plan', () => {
    const terms = onlyClock('complaint.implement').clocks('complaint.implement');
    const policy = { ...onlyClock('complaint.implement'), clocks: () => [...terms, ...terms.map((one) => ({ ...one, pack: 'P003', span: { ...one.span, value: 48 } }))] };
    const one = new Driven(complaint, { policy: { ...policy, clocks: (key) => (key === 'complaint.implement' ? policy.clocks() : []) } });
    for (const command of [register, asService, judge(true), plan]) one.send('2026-03-11 10:00', command);
    expect(one.running()).toEqual({ 'P003/complaint.implement': '2026-03-13 10:00', 'ours/complaint.implement': '2026-03-12 10:00' });
    expect(one.send(at, carryOut)).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: 'ours/complaint.implement' }, { clock: 'P003/complaint.implement' }] } }]);
  });
});
