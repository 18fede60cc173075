import {
  carryOut, communicate, contact, customerSays, escalate, flagMajor, judge, of, opinion, plan, registered, relay, asService, type ComplaintCase,
} from '../spec/complaint-case.js';

const FRIDAY = '2026-09-18 17:00';

/** Over authority, every step an hour before its limit: with the head on Saturday, carried out on Wednesday. */
function overAuthority(): ComplaintCase {
  const one = registered(FRIDAY, asService);
  one.send('2026-09-18 20:00', contact('2026-09-18 19:50'));
  one.send('2026-09-18 20:00', judge(true));
  one.send('2026-09-19 16:00', escalate);
  one.send('2026-09-20 15:00', opinion);
  one.send('2026-09-21 14:00', relay);
  one.send('2026-09-21 14:30', plan);
  one.send('2026-09-23 13:30', carryOut);
  one.send('2026-09-23 14:00', communicate);
  return one;
}
const ofP001E = (one: ComplaintCase) => Object.fromEntries(Object.entries(one.running()).filter(([name]) => name.startsWith('P001E/')).map(([name, due]) => [name.slice('P001E/complaint.'.length), due]));
const breachesOfP001E = (one: ComplaintCase) => one.log.flatMap(({ type, data }) => (type === 'DeadlineBreached' && data.clock.startsWith('P001E/') ? [data.clock] : []));

describe('the chain of P001E as written', () => {
  it('P001E-36 P001E-37 P001E-38 P001E-48 begins with 4 hours, 24 hours and five working days, the make-up Sunday among them', () => {
    expect(ofP001E(registered(FRIDAY))).toEqual({
      first_contact: '2026-09-18 21:00', 'reply.in_authority': '2026-09-19 17:00', escalate_to_head: '2026-09-19 17:00', total: '2026-09-24 17:00',
    });
  });

  it('P001E-36 four hours for the first contact: half, four fifths and all of it, and the roles that are called', () => {
    expect(of('P001E/complaint.first_contact', registered(FRIDAY).until('2026-09-19 17:00'))).toEqual([
      '2026-09-18 19:00 warn 50', '2026-09-18 20:12 warn 80', '2026-09-18 20:12 escalate intake.administrator',
      '2026-09-18 21:00 breach', '2026-09-18 21:00 escalate intake.head', '2026-09-19 01:00 escalate manager',
    ]);
  });

  it('P001E-37 in authority: the customer is told within 24 hours, and the escalation is owed no more', () => {
    const one = registered('2026-03-11 09:00', asService);
    for (const command of [judge(true), plan, carryOut]) one.send('2026-03-12 08:00', command);
    expect(one.send('2026-03-12 09:00', communicate)).toMatchObject([
      { type: 'DeadlinesMet', data: { clocks: expect.arrayContaining([expect.objectContaining({ clock: 'P001E/complaint.reply.in_authority', late: false })]) } },
      { type: 'DeadlinesDropped', data: { clocks: ['P001E/complaint.escalate_to_head'] } },
    ]);
  });

  it('P001E-37 in authority and a moment too late: the breach is recorded with the answer', () => {
    const one = registered('2026-03-11 09:00', asService);
    for (const command of [judge(true), plan, carryOut]) one.send('2026-03-12 08:00', command);
    one.send('2026-03-12 09:00:01', communicate);
    expect(breachesOfP001E(one)).toEqual(['P001E/complaint.reply.in_authority', 'P001E/complaint.escalate_to_head']);
  });

  it('P001E-38 P001E-39 P001E-40 P001E-46 over authority: 24 hours to the head, 24 for the opinion, 24 to pass it on, 2 days to carry it out', () => {
    const one = registered(FRIDAY, asService);
    one.send(FRIDAY, judge(true));
    one.send('2026-09-19 16:00', escalate);
    expect(ofP001E(one)).toMatchObject({ head_opinion: '2026-09-20 16:00' });
    expect(ofP001E(one)).not.toHaveProperty(['reply.in_authority']);
    expect(ofP001E(one)).not.toHaveProperty('escalate_to_head');
    one.send('2026-09-20 15:00', opinion);
    expect(ofP001E(one)).toMatchObject({ relay_opinion: '2026-09-21 15:00' });
    expect(ofP001E(one)).not.toHaveProperty('head_opinion');
    one.send('2026-09-21 14:30', plan);
    expect(ofP001E(one)).toMatchObject({ relay_opinion: '2026-09-21 15:00', implement: '2026-09-23 14:30', total: '2026-09-24 17:00' });
  });

  it('P001E-48 every step in its time, and the case closed within the cap', () => {
    const one = overAuthority();
    expect(ofP001E(one)).toEqual({ total: '2026-09-24 17:00' });
    expect(one.send('2026-09-24 17:00', customerSays('satisfied'))).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: 'P001E/complaint.total', late: false }] } }]);
    expect(breachesOfP001E(one)).toEqual([]);
  });

  it.each<[string, (one: ComplaintCase) => void, string, string[]]>([
    ['escalate_to_head', () => undefined, '2026-09-20 17:00', [
      '2026-09-19 05:00 warn 50', '2026-09-19 12:12 warn 80', '2026-09-19 12:12 escalate intake.administrator', '2026-09-19 17:00 breach',
      '2026-09-19 17:00 escalate intake.head', '2026-09-20 17:00 escalate manager']],
    ['head_opinion', (one) => { one.send('2026-09-19 16:00', escalate); }, '2026-09-21 16:00', [
      '2026-09-20 04:00 warn 50', '2026-09-20 11:12 warn 80', '2026-09-20 11:12 escalate intake.head', '2026-09-20 16:00 breach',
      '2026-09-20 16:00 escalate intake.head,manager', '2026-09-21 16:00 escalate manager']],
    ['relay_opinion', (one) => { one.send('2026-09-19 16:00', escalate); one.send('2026-09-20 15:00', opinion); }, '2026-09-22 15:00', [
      '2026-09-21 03:00 warn 50', '2026-09-21 10:12 warn 80', '2026-09-21 10:12 escalate intake.administrator', '2026-09-21 15:00 breach',
      '2026-09-21 15:00 escalate intake.head', '2026-09-22 15:00 escalate manager']],
    ['implement', (one) => { one.send('2026-09-21 14:30', judge(true)); one.send('2026-09-21 14:30', plan); }, '2026-09-24 14:30', [
      '2026-09-22 14:30 warn 50', '2026-09-23 04:54 warn 80', '2026-09-23 04:54 escalate intake.administrator', '2026-09-23 14:30 breach',
      '2026-09-23 14:30 escalate intake.administrator,intake.head', '2026-09-24 14:30 escalate manager']],
  ])('a missed step of the chain, %s, calls the roles that the policy names', (key, go, until, said) => {
    const one = registered(FRIDAY, asService);
    go(one);
    expect(of(`P001E/complaint.${key}`, one.until(until))).toEqual(said);
  });

  it('P001E-45 the breach of the implementation names what follows from it', () => {
    const one = registered(FRIDAY, asService);
    for (const command of [judge(true), plan]) one.send(FRIDAY, command);
    one.until('2026-09-20 17:00');
    expect(one.log.find(({ type, data }) => type === 'DeadlineBreached' && data.clock === 'P001E/complaint.implement'))
      .toMatchObject({ data: { policy: 'P001E@1', rule: 'P001E-46', lateByMs: 0, consequence: { en: expect.stringContaining('3 points') } } });
  });
});

describe('the cap of five working days over the whole handling', () => {
  it('P001E-48 counts no day of the National Day week and the make-up Saturday after it', () => {
    expect(of('P001E/complaint.total', registered('2026-09-29 10:00').until('2026-10-14 10:00'))).toEqual([
      '2026-10-08 22:00 warn 50', '2026-10-08 22:00 escalate intake.administrator', '2026-10-10 10:00 warn 80', '2026-10-10 10:00 escalate intake.head',
      '2026-10-12 10:00 breach', '2026-10-12 10:00 escalate intake.head,manager', '2026-10-13 10:00 escalate manager',
    ]);
  });

  it('P001E-48 gives a reopened round new limits for its steps and no new five days', () => {
    const one = overAuthority();
    one.send('2026-09-24 12:00', customerSays('dissatisfied'));
    expect(ofP001E(one)).toEqual({ 'reply.in_authority': '2026-09-25 12:00', escalate_to_head: '2026-09-25 12:00', total: '2026-09-24 17:00' });
    // The day after is Mid-Autumn: one more working day ends on Monday.
    expect(of('P001E/complaint.total', one.until('2026-09-30 17:00')).slice(-3)).toEqual([
      '2026-09-24 17:00 breach', '2026-09-24 17:00 escalate intake.head,manager', '2026-09-28 17:00 escalate manager',
    ]);
    expect(one.clock('P001E/complaint.total')).toMatchObject({ breached: true, dueAt: '2026-09-24T09:00:00.000Z' });
  });

  it('P001E-48 does not wait for the customer', () => {
    const one = registered(FRIDAY, asService);
    one.send('2026-09-18 18:00', { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' });
    one.send('2026-09-22 18:00', { type: 'ResumeDeadlines' });
    expect(ofP001E(one)).toMatchObject({ total: '2026-09-24 17:00', 'reply.in_authority': '2026-09-23 17:00' });
  });
});

describe('a special major complaint', () => {
  const dedicate = { type: 'AssignDedicatedHandler', handler: 'u-3', supervisor: 'u-4' } as const;
  const flagged = () => {
    const one = registered('2026-10-01 09:00');
    one.send('2026-10-01 10:30', flagMajor('2026-10-01 10:00'));
    return one;
  };

  it('P001E-49 is with the administrator within four hours of being learned of, on a holiday too', () => {
    expect(of('P001E/complaint.major.report', flagged().until('2026-10-01 20:00'))).toEqual([
      '2026-10-01 12:00 warn 50', '2026-10-01 12:00 escalate intake.administrator', '2026-10-01 13:12 warn 80', '2026-10-01 13:12 escalate intake.head',
      '2026-10-01 14:00 breach', '2026-10-01 14:00 escalate intake.head,manager',
    ]);
  });

  it('P001E-50 is with the head two hours later, counted from the report', () => {
    const one = flagged();
    expect(one.send('2026-10-01 13:00', { type: 'ReportMajor', reportedTo: 'u-2' })).toMatchObject([
      { type: 'DeadlinesMet', data: { clocks: [{ clock: 'P001E/complaint.major.report', late: false }] } },
      { type: 'DeadlinesSet', data: { clocks: [{ clock: 'P001E/complaint.major.report_to_head', dueAt: '2026-10-01T07:00:00.000Z' }] } },
    ]);
    expect(of('P001E/complaint.major.report_to_head', one.until('2026-10-01 20:00'))).toEqual([
      '2026-10-01 14:00 warn 50', '2026-10-01 14:00 escalate intake.administrator', '2026-10-01 15:00 breach', '2026-10-01 15:00 escalate intake.head,manager',
      '2026-10-01 16:00 escalate manager',
    ]);
    expect(one.send('2026-10-01 20:00', dedicate)).toMatchObject([{ type: 'DeadlinesMet', data: { clocks: [{ clock: 'P001E/complaint.major.report_to_head', late: true }] } }]);
  });
});
