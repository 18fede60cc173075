import type { ComplaintEvent } from 'aftercare/contracts';
import { policySet, type PolicySet } from 'aftercare/policy';
import { adoptedWith, given, NOW } from 'aftercare/testing';
import type { ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';

const AWARE = '2026-03-11T05:00:00.000Z';
const register: ComplaintCommand = {
  type: 'RegisterComplaint', channel: 'hotline', awareAt: AWARE, locality: 'local', complainant: '王芳', subject: '报警', demand: '更换',
};
const asService: ComplaintCommand = { type: 'ClassifyComplaint', class: 'service' };
const flag = (learnedAt: string): ComplaintCommand => ({ type: 'FlagMajor', trigger: 'public-exposure', learnedAt });
const reportMajor: ComplaintCommand = { type: 'ReportMajor', reportedTo: 'u-2' };
const dedicate: ComplaintCommand = { type: 'AssignDedicatedHandler', handler: 'u-3', supervisor: 'u-4' };
const escalate: ComplaintCommand = { type: 'EscalateToHead', to: 'u-5', why: 'w' };
const giveOpinion: ComplaintCommand = { type: 'GiveHandlingOpinion', opinion: 'o' };

/** The case once these commands were taken, with its running clocks. */
function after(...commands: readonly ComplaintCommand[]) {
  const history = commands.reduce<Parameters<typeof complaint.decider.evolve>[1][]>((events, command) => {
    const then = given(complaint, ...events).when(command);
    if (then.refused !== null) throw new Error(`${command.type} was refused: ${then.refused}`);
    return [...events, ...(then.events as ComplaintEvent[]), ...then.deadlines];
  }, []);
  return given(complaint, ...history);
}

describe('the report of a major complaint to the head', () => {
  const CLOCK = 'P001E/complaint.major.report_to_head';

  it('P001E-50 is met by the report to the head or by the dedicated handler', () => {
    const reported = after(register, flag(NOW), reportMajor);
    expect(reported.state.clocks[CLOCK]).toMatchObject({ dueAt: '2026-03-11T08:00:00.000Z' });
    expect(reported.when(escalate).state.clocks[CLOCK]).toBeUndefined();
    expect(reported.when(dedicate).state.clocks[CLOCK]).toBeUndefined();
  });

  it('P001E-50 starts for a case that is with the head already, and the dedicated handler meets it', () => {
    const reported = after(register, escalate, flag(NOW), reportMajor);
    expect(reported.state.clocks[CLOCK]).toMatchObject({ dueAt: '2026-03-11T08:00:00.000Z' });
    expect(reported.when(escalate).refused).toBe('wrong-stage');
    const met = reported.when(dedicate);
    expect(met.deadlines).toEqual([{ type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock: CLOCK, late: false })] } }]);
  });
});

describe('the opinion of the head', () => {
  const CLOCK = 'P003/complaint.head_opinion';

  it('P003-14 is due within one working day, also when the case was escalated before its class was known', () => {
    expect(after(register, escalate).state.clocks[CLOCK]).toBeUndefined();
    expect(after(register, escalate, asService).state.clocks[CLOCK]).toMatchObject({ dueAt: after(register, asService, escalate).state.clocks[CLOCK]?.dueAt });
    expect(after(register, asService, escalate).state.clocks[CLOCK]?.dueAt).toBeDefined();
    expect(after(register, escalate, asService).when(giveOpinion).state.clocks[CLOCK]).toBeUndefined();
  });

  it('P003-14 is not due where nobody asked for it, where it was given, or for another class', () => {
    const reaction = { reactionTerm: 'dizziness', takenOn: '2026-03-10', quantityTaken: '2', concomitantDrugs: 'none' };
    const adverse: ComplaintCommand = { type: 'ClassifyComplaint', class: 'adverse-reaction', goods: { productName: 'X', lot: 'L' }, reaction };
    expect(after(register, asService).state.clocks[CLOCK]).toBeUndefined();
    expect(after(register, escalate, giveOpinion, asService).state.clocks[CLOCK]).toBeUndefined();
    expect(after(register, escalate, adverse).state.clocks[CLOCK]).toBeUndefined();
  });
});

describe('times that people state', () => {
  const contact = (contactedAt: string): ComplaintCommand => ({ type: 'RecordFirstContact', contactedAt, note: 'n' });
  const promise = (promisedAt: string): ComplaintCommand => ({ type: 'SendInterimReply', reply: 'r', promisedAt });

  it('P001E-36 a first contact lies between awareness and now, five minutes of clock difference allowed', () => {
    const registered = after(register);
    expect(registered.when(contact('2026-03-11T06:05:00.001Z'))).toMatchObject({ refused: 'time-in-the-future', field: 'contactedAt' });
    expect(registered.when(contact('2026-03-11T06:05:00.000Z')).types).toEqual(['FirstContactMade']);
    expect(registered.when(contact('2026-03-11T04:59:59.999Z'))).toMatchObject({ refused: 'contact-before-aware', rule: 'P001E-36', field: 'contactedAt' });
    expect(registered.when(contact(AWARE)).types).toEqual(['FirstContactMade']);
  });

  it('P001E-36 a first contact within its four hours is in time, also when it is entered the next day', () => {
    const entered = (contactedAt: string) => after(register).when(contact(contactedAt), { now: '2026-03-12T06:00:00.000Z' }).deadlines
      .flatMap((event) => (event.type === 'DeadlinesMet' ? event.data.clocks : [])).filter(({ clock }) => clock === 'P001E/complaint.first_contact');
    expect(entered('2026-03-11T08:59:00.000Z')).toMatchObject([{ dueAt: '2026-03-11T09:00:00.000Z', late: false, doneAt: '2026-03-11T08:59:00.000Z' }]);
    expect(entered('2026-03-11T09:01:00.000Z')).toMatchObject([{ late: true, doneAt: '2026-03-11T09:01:00.000Z' }]);
  });

  it('P001E-49 nobody has learned of a major matter in the future', () => {
    const registered = after(register);
    expect(registered.when(flag('2026-03-11T06:05:00.001Z'))).toMatchObject({ refused: 'time-in-the-future', field: 'learnedAt' });
    expect(registered.when(flag('2026-03-11T06:05:00.000Z')).types).toEqual(['ComplaintFlaggedMajor']);
  });

  it('P001E-49 what was reported as major is not flagged again', () => {
    expect(after(register, flag(NOW)).when(flag(NOW)).types).toEqual(['ComplaintFlaggedMajor']);
    expect(after(register, flag(NOW), reportMajor).when(flag(NOW)).refused).toBe('wrong-stage');
  });

  it('P003-36 a promise lies at most one year ahead', () => {
    const registered = after(register);
    expect(registered.when(promise('2027-03-11T06:00:00.000Z')).types).toEqual(['InterimReplySent']);
    expect(registered.when(promise('2027-03-11T06:00:00.001Z'))).toMatchObject({ refused: 'promise-too-far-ahead', rule: 'P003-36', field: 'promisedAt' });
  });

  it('P003-36 switched off, a promise may lie as far ahead as the customer will wait', () => {
    const policy = { ...policySet(), setting: (() => null) as unknown as PolicySet['setting'] };
    expect(after(register).when(promise('2029-03-11T06:00:00.000Z'), { policy }).types).toEqual(['InterimReplySent']);
  });

  it('P003-36 the company sets how far ahead a promise may lie', async () => {
    const policy = await adoptedWith(({ own }) => ({ own: { ...own, 'complaint.interim_reply.latest_promise': { kind: 'number', value: 30, unit: 'days', clause: '1', rows: [], source: 'stated' } } }));
    expect(after(register).when(promise('2026-04-10T06:00:00.000Z'), { policy }).types).toEqual(['InterimReplySent']);
    expect(after(register).when(promise('2026-04-10T06:00:00.001Z'), { policy })).toMatchObject({ refused: 'promise-too-far-ahead' });
  });
});
