import type { DeadlineEvent } from 'aftercare/contracts';
import { told } from 'aftercare/testing';
import { asQuality, asService, complaintCase, escalate, flagMajor, of, register, registered } from '../spec/complaint-case.js';

const DUE_TEN_DAYS_AGO = ['P001E/complaint.escalate_to_head', 'P001E/complaint.first_contact', 'P001E/complaint.reply.in_authority', 'P001E/complaint.total', 'P003/complaint.reply'];

describe('a complaint entered ten days after the company heard of it', () => {
  const entered = () => {
    const one = complaintCase();
    const said = one.send('2026-03-11 09:00', register('2026-03-11 09:00', '2026-03-01 09:00'));
    return { one, said };
  };

  it('P001E-36 P003-35 P001E-48 begins with every limit late, counted from awareness', () => {
    const [set] = entered().said;
    if (set?.type !== 'DeadlinesSet') throw new Error('no clock was set');
    expect(set.data.clocks.map(({ clock, late }) => [clock, late]).toSorted()).toEqual(DUE_TEN_DAYS_AGO.map((clock) => [clock, true]));
    // 1 March is a Sunday: five whole working days after it.
    expect(set.data.clocks.find(({ clock }) => clock === 'P001E/complaint.total')?.dueAt).toBe('2026-03-06T15:59:59.999Z');
  });

  it('records the breach and who was to be called at once and in order, warns of nothing, and says how late', () => {
    const { said } = entered();
    expect(told(said).filter((line) => line.startsWith('P003/complaint.reply'))).toEqual([
      'P003/complaint.reply escalate intake.administrator', 'P003/complaint.reply breach',
      'P003/complaint.reply escalate intake.head', 'P003/complaint.reply escalate sales.marketing-director,manager',
    ]);
    const breaches = said.filter((event): event is Extract<DeadlineEvent, { type: 'DeadlineBreached' }> => event.type === 'DeadlineBreached');
    expect(breaches.map(({ data }) => data.clock).toSorted()).toEqual(DUE_TEN_DAYS_AGO);
    expect(breaches.find(({ data }) => data.clock === 'P001E/complaint.first_contact')?.data.lateByMs).toBe((10 * 24 - 4) * 3_600_000);
  });

  it('records it exactly once, however often somebody looks', () => {
    const { one } = entered();
    for (const clock of DUE_TEN_DAYS_AGO) expect(one.send('2026-03-11 09:00', { type: 'NoteDueDeadlines', clock })).toEqual([]);
    expect(one.until('2026-04-30 09:00')).toEqual([]);
    const lines = told(one.log.filter((event): event is DeadlineEvent => event.type.startsWith('Deadline')));
    expect(new Set(lines).size).toBe(lines.length);
  });
});

describe('a case whose facts change while it waits', () => {
  const waiting = () => {
    const one = registered('2026-03-11 09:00', asService);
    one.send('2026-03-11 10:00', escalate);
    one.send('2026-03-11 12:00', { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' });
    return one;
  };
  const left = (one: ReturnType<typeof waiting>) => Object.fromEntries(Object.entries(one.state.clocks).flatMap(([name, { paused }]) => (paused?.leftMs ? [[name, paused.leftMs / 3_600_000]] : [])));
  const BOTH = { 'P003/complaint.reply': 21, 'P001E/complaint.head_opinion': 22 };

  it('keeps what was left when it is flagged major, whose own clocks do not wait', () => {
    const one = waiting();
    expect(left(one)).toEqual({ ...BOTH, 'P003/complaint.head_opinion': 22 });
    one.send('2026-03-11 13:00', flagMajor('2026-03-11 12:00'));
    expect(left(one)).toEqual({ ...BOTH, 'P003/complaint.head_opinion': 22 });
    expect(one.running()).toMatchObject({ 'P001E/complaint.major.report': '2026-03-11 16:00' });
    expect(one.until('2026-03-12 09:00').filter((line) => line.endsWith('breach'))).toEqual([
      '2026-03-11 13:00 P001E/complaint.first_contact breach', '2026-03-11 16:00 P001E/complaint.major.report breach',
    ]);
  });

  it('P003-14 keeps what was left when its class changes; only the clause that holds no more ends, and is not missed', () => {
    const one = waiting();
    expect(one.send('2026-03-13 14:00', asQuality)).toMatchObject([{ type: 'DeadlinesDropped', data: { clocks: ['P003/complaint.head_opinion'] } }]);
    expect(left(one)).toEqual(BOTH);
  });

  it('goes on with what was left, after the change as without it', () => {
    const dues = [asQuality, flagMajor('2026-03-11 12:00'), null].map((change) => {
      const one = waiting();
      if (change) one.send('2026-03-11 14:00', change);
      one.send('2026-03-12 12:00', { type: 'ResumeDeadlines' });
      return [one.due('P003/complaint.reply'), one.due('P001E/complaint.head_opinion'), one.due('P001E/complaint.total')];
    });
    expect(dues).toEqual(Array(3).fill(['2026-03-13 09:00', '2026-03-13 10:00', '2026-03-18 09:00']));
  });
});

describe('a complaint whose limit reaches into a year that nobody has published', () => {
  const one = () => registered('2026-12-30 10:00', asService);
  const CAP = 'P001E/complaint.total';

  it('P001E-48 has no due time for it, and names the year and who publishes it', () => {
    expect(one().clock(CAP)).toMatchObject({ dueAt: null, unpublishedYear: 2027, owner: 'registry.clerk', breached: false });
  });

  it('P001E-36 P003-35 runs every other clock, and the cap is never said to be missed', () => {
    const running = one();
    expect(running.running()).toEqual({
      'P001E/complaint.escalate_to_head': '2026-12-31 10:00', 'P001E/complaint.first_contact': '2026-12-30 14:00',
      'P001E/complaint.reply.in_authority': '2026-12-31 10:00', [CAP]: null, 'P003/complaint.reply': '2026-12-31 10:00',
    });
    const said = running.until('2027-02-01 10:00');
    expect(said.filter((line) => line.endsWith('breach'))).toHaveLength(4);
    expect(of(CAP, said)).toEqual([]);
  });

  it('P003-14 P001E-39 a working day is undetermined and 24 hours are not', () => {
    const asked = one();
    asked.send('2026-12-31 10:00', escalate);
    expect(asked.clock('P003/complaint.head_opinion')).toMatchObject({ dueAt: null, unpublishedYear: 2027, owner: 'registry.clerk' });
    expect(asked.due('P001E/complaint.head_opinion')).toBe('2027-01-01 10:00');
  });
});
