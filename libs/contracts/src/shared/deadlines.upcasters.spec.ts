import { upcasting, type Recorded } from 'aftercare/kernel';
import { readableEvents } from '../published.js';

const upcast = upcasting(readableEvents.upcasters, readableEvents.known);
const DUE = '2026-03-02T01:30:00.000Z';
const recorded = (log: string, type: string, data: object): Recorded =>
  ({ log, type, schema: 1, index: 4, occurredAt: '2026-03-02T01:30:02.500Z', data }) as unknown as Recorded;
const set = (dueAt: string | null, late: boolean) =>
  (upcast(recorded('intake', 'DeadlinesSet', { clocks: [{ clock: 'P001E/complaint.reply', dueAt, late, policy: 'P001E@1', rule: 'P001E-13' }] })).data as { clocks: object[] }).clocks[0];

describe('deadlines of the time before clocks could wait, warn or escalate', () => {
  it('have one step, the breach at their due time; what nobody recorded is null', () => {
    expect(set(DUE, false)).toEqual({
      clock: 'P001E/complaint.reply', dueAt: DUE, late: false, policy: 'P001E@1', rule: 'P001E-13', from: null, span: null, nature: 'service',
      pausable: false, clause: '', consequence: null, unpublishedYear: null, owner: null,
      steps: [{ step: 'breach', what: 'breach', at: DUE, percent: 100, after: null, to: [] }],
    });
  });

  it('have none where they were late from the start, which was all there was to record, or undetermined', () => {
    expect([set(DUE, true), set(null, false)]).toMatchObject([{ late: true, steps: [] }, { dueAt: null, steps: [] }]);
  });

  it('a breach was noticed as late as it was recorded', () => {
    const data = { clock: 'c', dueAt: DUE, policy: 'p', rule: 'r' };
    expect(upcast(recorded('billing', 'DeadlineBreached', data))).toMatchObject({ schema: 2, data: { ...data, lateByMs: 2_500, consequence: null } });
  });

  it('are read from every log', () => {
    for (const log of Object.keys(readableEvents.known)) expect(upcast(recorded(log, 'DeadlinesSet', { clocks: [] })).schema).toBe(2);
  });
});
