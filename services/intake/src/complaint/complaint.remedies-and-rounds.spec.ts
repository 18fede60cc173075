import type { ComplaintEvent } from 'aftercare/contracts';
import { adoptedWith, CASE_ID, given, NOW } from 'aftercare/testing';
import type { ComplaintCommand } from './complaint.js';
import { complaint } from './complaint.decide.js';

const GOODS = { productName: 'Infusion pump', lot: 'L-77', manufacturedOn: '2025-06-01', arrivedOn: '2025-07-01' };
const yuan = (minor: number) => ({ minor, currency: 'CNY' as const });
const register: ComplaintCommand = {
  type: 'RegisterComplaint', channel: 'hotline', awareAt: '2026-03-11T05:00:00.000Z', locality: 'local', complainant: '王芳', subject: '报警', demand: '更换',
};
const asQuality: ComplaintCommand = { type: 'ClassifyComplaint', class: 'product-quality', goods: GOODS };
const asService: ComplaintCommand = { type: 'ClassifyComplaint', class: 'service' };
const judge = (valid: boolean): ComplaintCommand =>
  ({ type: 'DetermineValidity', groundsSufficient: valid, demandReasonable: true, companyError: valid, explanation: 'x' });
const settle = (remedy: 'return' | 'compensation', outcome: 'done' | 'refused' | 'rejected', round = 1): ComplaintCommand =>
  ({ type: 'SettleRemedy', remedy, outcome, reference: 'r', reason: null, round });
const plan = (remedies: ('return' | 'exchange' | 'apology')[], compensation?: number): ComplaintCommand =>
  ({ type: 'FixHandlingPlan', remedies, plan: 'p', ...(compensation !== undefined && { compensation: yuan(compensation) }) });
const tell: ComplaintCommand = { type: 'CommunicateOutcome', message: 'm' };
const carryOut: ComplaintCommand = { type: 'RecordImplementation', note: 'n' };
const answered = (outcome: 'satisfied' | 'dissatisfied' | 'unreachable', round = 1): ComplaintCommand =>
  ({ type: 'NoteSatisfaction', outcome, callbackId: 'cb', remark: null, round });

/** What is on record once these commands were taken, each of which has to be. */
function after(...commands: readonly ComplaintCommand[]): ComplaintEvent[] {
  return commands.reduce<ComplaintEvent[]>((history, command) => {
    const then = given(complaint, ...history).when(command);
    if (then.refused !== null) throw new Error(`${command.type} was refused: ${then.refused}`);
    return [...history, ...(then.events as ComplaintEvent[])];
  }, []);
}

describe('remedies of one round', () => {
  const stockedIn = after(register, asService, judge(true), plan(['return'], 5000), settle('return', 'done'), settle('compensation', 'rejected'));

  it('P000-32 what is done is not asked for again: goods in the warehouse cannot come back a second time', () => {
    expect(given(complaint, ...stockedIn).when(plan(['return']))).toMatchObject({ refused: 'remedy-already-done', rule: 'P000-32', field: 'remedies' });
    expect(given(complaint, ...stockedIn).when(plan(['exchange', 'apology'], 4000))).toMatchObject({ refused: 'remedy-already-done', field: 'remedies' });
    const paid = after(register, asService, judge(true), plan(['apology'], 5000), settle('compensation', 'rejected'), settle('compensation', 'done'));
    expect(given(complaint, ...paid).when(plan(['apology'], 4000))).toMatchObject({ refused: 'remedy-already-done', field: 'compensation' });
  });

  it('P001E-46 a new plan waits only for what is not done yet', () => {
    const replanned = given(complaint, ...stockedIn).when(plan(['apology'], 4000));
    expect(replanned.state.own).toMatchObject({ stage: 'planned', outstanding: ['compensation'], done: ['return'] });
    const history = [...stockedIn, ...(replanned.events as ComplaintEvent[])];
    expect(given(complaint, ...history).when(carryOut).refused).toBe('remedy-outstanding');
    expect(given(complaint, ...history, ...settledBy(history)).when(carryOut).stage).toBe('implemented');
  });

  it('P001E-46 a plan recorded before this rule does not wait for what is done', () => {
    const former = after(register, asService, judge(true), plan(['return'], 5000)).at(-1);
    if (!former) throw new Error('no plan');
    expect(given(complaint, ...stockedIn, former).state.own).toMatchObject({ outstanding: ['compensation'] });
  });

  it('P000-36 the next round starts with nothing done', () => {
    const closedRound = after(register, asService, judge(true), plan(['return']), settle('return', 'done'), carryOut, tell, answered('dissatisfied'), judge(true));
    expect(given(complaint, ...closedRound).when(plan(['return'])).state.own).toMatchObject({ outstanding: ['return'], done: [] });
  });

  it('P001E-46 plans are told apart by their number within the case, over rounds and behind records that carry none', () => {
    const first = after(register, asService, judge(true), plan(['return']), settle('return', 'done'), carryOut, tell, answered('dissatisfied'), judge(true));
    const numberless = first.map((event) => (event.type === 'HandlingPlanFixed' ? { ...event, data: { ...event.data, planNumber: null } } : event));
    const numbered = (history: ComplaintEvent[]) => given(complaint, ...history).when(plan(['apology'])).events.map(({ data }) => data);
    expect(first.find(({ type }) => type === 'HandlingPlanFixed')?.data).toMatchObject({ round: 1, planNumber: 1 });
    expect(numbered(first)).toMatchObject([{ round: 2, planNumber: 2 }]);
    expect(numbered(numberless)).toMatchObject([{ round: 2, planNumber: 2 }]);
  });

  function settledBy(history: readonly ComplaintEvent[]): ComplaintEvent[] {
    return given(complaint, ...history).when(settle('compensation', 'done')).events as ComplaintEvent[];
  }
});

describe('two plans of one round', () => {
  const set = after(register, asService, judge(true), plan(['return'], 5000), settle('return', 'rejected'));

  it('P001E-46 a plan is fixed anew only once everything of the former one has ended, so that no late answer counts for the wrong plan', () => {
    expect(given(complaint, ...set).when(plan(['exchange'], 4000))).toMatchObject({ refused: 'remedy-outstanding', rule: 'P001E-46' });
    const lapsed = given(complaint, ...set).when(settle('compensation', 'rejected')).events as ComplaintEvent[];
    expect(given(complaint, ...set, ...lapsed).when(plan(['exchange'], 4000)).types).toEqual(['HandlingPlanFixed']);
  });
});

describe('a product-quality complaint', () => {
  const quality = after(register, asQuality);
  const verdict: ComplaintCommand = { type: 'NoteQualityVerdict', verdict: 'conforming', investigationId: CASE_ID, finding: 'sound', round: 1 };

  it('P000-29 P002A-15 is judged unfounded only after the quality verdict, in every round', () => {
    expect(given(complaint, ...quality).when(judge(false))).toMatchObject({ refused: 'finding-missing', rule: 'P000-29' });
    expect(given(complaint, ...quality).when(judge(true)).types).toEqual(['ComplaintValidityDetermined']);
    expect(given(complaint, ...after(register, asQuality, verdict)).when(judge(false)).stage).toBe('unfounded');
    expect(given(complaint, ...after(register, asService)).when(judge(false)).stage).toBe('unfounded');
    const second = after(register, asQuality, verdict, judge(true), plan(['apology']), carryOut, tell, answered('dissatisfied'));
    expect(given(complaint, ...second).when(judge(false))).toMatchObject({ refused: 'finding-missing', rule: 'P000-29' });
  });

  it('P000-29 leaves its class by the administrator or the head, not by the clerk', () => {
    const leave = (role: string, command = asService) => given(complaint, ...quality).when(command, { actor: { id: 'u-1', role } });
    expect(leave('intake.clerk')).toMatchObject({ refused: 'not-your-role', rule: 'P000-29', field: 'class' });
    expect(leave('intake.administrator').types).toEqual(['ComplaintClassified']);
    expect(leave('intake.head').types).toEqual(['ComplaintClassified']);
    expect(leave('intake.clerk', asQuality).types).toEqual(['ComplaintClassified']);
    expect(given(complaint, ...after(register, asService)).when(asQuality, { actor: { id: 'u-1', role: 'intake.clerk' } }).types).toEqual(['ComplaintClassified']);
  });
});

describe('an unfounded complaint', () => {
  const close: ComplaintCommand = { type: 'CloseCase' };
  const first = after(register, asService, judge(false), tell);
  const second = after(register, asService, judge(true), plan(['apology']), carryOut, tell, answered('dissatisfied'), judge(false));

  it('P002B-34 closes without a callback in the first round', () => {
    expect(first.at(-1)?.data).toMatchObject({ unfounded: true });
    expect(given(complaint, ...first).when(close).events[0]?.data).toMatchObject({ ground: 'unfounded' });
  });

  it('P000-36 is followed by a callback from the second round on, and ends only with the answer to it', () => {
    const told = given(complaint, ...second).when(tell);
    expect(told.events[0]?.data).toMatchObject({ round: 2, unfounded: false });
    const history = [...second, ...(told.events as ComplaintEvent[])];
    expect(given(complaint, ...history).when(close)).toMatchObject({ refused: 'callback-outstanding', rule: 'P000-36' });
    expect(given(complaint, ...history).when(answered('satisfied', 2)).events[1]?.data).toMatchObject({ ground: 'satisfied', round: 2 });
    expect(given(complaint, ...history).when(answered('unreachable', 2)).events[1]?.data).toMatchObject({ ground: 'unreachable' });
    expect(given(complaint, ...history).when(answered('dissatisfied', 2)).state.own).toMatchObject({ stage: 'classified', round: 3 });
  });
});

describe('a limit of rounds', () => {
  it('P000-36 of two lets the customer say no once; then a person has to decide', async () => {
    const policy = await adoptedWith(({ own }) => ({ own: { ...own, 'complaint.reopen_max_rounds': { kind: 'number', value: 2, unit: 'rounds', clause: '1', rows: [], source: 'stated' } } }));
    const first = after(register, asService, judge(true), plan(['apology']), carryOut, tell);
    expect(given(complaint, ...first).when(answered('dissatisfied'), { policy }).types).toEqual(['SatisfactionNoted', 'CaseReopened']);
    const second = after(register, asService, judge(true), plan(['apology']), carryOut, tell, answered('dissatisfied'), judge(true), plan(['apology']), carryOut, tell);
    expect(given(complaint, ...second).when(answered('dissatisfied', 2), { policy })).toMatchObject({ refused: 'rounds-exhausted', rule: 'P000-36' });
    expect(given(complaint, ...second).when(answered('dissatisfied', 2)).types).toEqual(['SatisfactionNoted', 'CaseReopened']);
  });
});

describe('a class given anew', () => {
  it('P000-36 counts from awareness in the first round and from its own moment in a later one', () => {
    expect(after(register, asQuality).at(-1)?.data).toMatchObject({ round: 1, awareAt: '2026-03-11T05:00:00.000Z' });
    const second = after(register, asService, judge(true), plan(['apology']), carryOut, tell, answered('dissatisfied'));
    expect(given(complaint, ...second).when(asQuality).events[0]?.data).toMatchObject({ round: 2, awareAt: NOW });
  });
});
