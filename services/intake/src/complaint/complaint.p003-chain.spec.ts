import {
  asQuality, asService, carryOut, communicate, complaintCase, escalate, judge, of, opinion, plan, promise, register, registered, type ComplaintCase,
} from '../spec/complaint-case.js';

const FRIDAY = '2026-03-13 17:00';
const [REPLY, OPINION, PROMISE] = ['P003/complaint.reply', 'P003/complaint.head_opinion', 'promise/interim_reply'] as const;

const asked = (local: string, kind = asService): ComplaintCase => {
  const one = registered(local, kind);
  one.send(local, escalate);
  return one;
};

describe('the chain of P003 as written', () => {
  it('P003-35 every complaint is answered in 24 hours, and the marketing director hears of it a day after that', () => {
    expect(of(REPLY, registered('2026-03-11 09:00', asService).until('2026-03-14 09:00'))).toEqual([
      '2026-03-11 21:00 warn 50', '2026-03-12 04:12 warn 80', '2026-03-12 04:12 escalate intake.administrator', '2026-03-12 09:00 breach',
      '2026-03-12 09:00 escalate intake.head', '2026-03-13 09:00 escalate sales.marketing-director,manager',
    ]);
  });

  it('P003-14 the opinion on a service complaint takes one working day, over the weekend or on the make-up Sunday', () => {
    expect(asked(FRIDAY).due(OPINION)).toBe('2026-03-16 17:00');
    expect(asked('2026-09-18 17:00').due(OPINION)).toBe('2026-09-20 17:00');
    expect(asked('2026-09-30 17:00').due(OPINION)).toBe('2026-10-08 17:00');
  });

  it('P003-14 no other class has that working day', () => {
    expect(asked(FRIDAY, asQuality).due(OPINION)).toBeUndefined();
    const adverse = asked(FRIDAY, { type: 'ClassifyComplaint', class: 'adverse-reaction', goods: { productName: 'X', lot: 'L' },
      reaction: { reactionTerm: 'dizziness', takenOn: '2026-03-10', quantityTaken: '2', concomitantDrugs: 'none' } });
    expect(adverse.due(OPINION)).toBeUndefined();
  });

  it('P003-14 what turns out to be no service complaint loses the working day, and what turns out to be one gets it', () => {
    const was = asked(FRIDAY);
    expect(was.send('2026-03-14 09:00', asQuality)).toMatchObject([{ type: 'DeadlinesDropped', data: { clocks: [OPINION] } }]);
    // P001E asks for the opinion whatever the class.
    expect(was.due('P001E/complaint.head_opinion')).toBe('2026-03-14 17:00');
    was.send('2026-03-14 10:00', asService);
    // On a Saturday: all of Monday.
    expect(was.due(OPINION)).toBe('2026-03-16 23:59');
  });

  it('P003-14 P003-35 on a Friday the outer timer fires first: the reply is missed while the opinion still has two days', () => {
    const one = asked(FRIDAY);
    const said = one.until('2026-03-16 17:00').filter((line) => line.endsWith('breach') && line.includes('P003/'));
    expect(said).toEqual([`2026-03-14 17:00 ${REPLY} breach`, `2026-03-16 17:00 ${OPINION} breach`]);
    expect(of(OPINION, one.until('2026-03-17 17:00'))).toEqual(['2026-03-17 17:00 escalate manager']);
  });

  it('P003-14 calls the regional manager and the marketing director, not the head alone', () => {
    expect(of(OPINION, asked(FRIDAY).until('2026-03-17 17:00'))).toEqual([
      '2026-03-16 05:00 warn 50', '2026-03-16 12:12 warn 80', '2026-03-16 12:12 escalate intake.head,sales.regional-manager',
      '2026-03-16 17:00 breach', '2026-03-16 17:00 escalate sales.marketing-director,sales.regional-manager', '2026-03-17 17:00 escalate manager',
    ]);
  });

  it('P003-18 the opinion within its working day meets it, and the outcome then runs against its own clock', () => {
    const one = asked('2026-03-12 17:00');
    expect(one.send('2026-03-13 16:00', opinion)).toEqual(expect.arrayContaining([
      { type: 'DeadlinesMet', data: { clocks: expect.arrayContaining([expect.objectContaining({ clock: OPINION, late: false })]) } },
    ]));
    expect(one.due('example/complaint.outcome_notice')).toBe('2026-03-16 16:00');
  });
});

describe('an interim reply with a promised time', () => {
  /** Promised on Saturday morning, while the 24 hours still run. */
  const promised = () => {
    const one = registered('2026-09-18 17:00', asService);
    one.send('2026-09-19 10:00', promise('2026-09-22 10:00'));
    return one;
  };

  it('P003-36 within the 24 hours meets the reply, and the promise becomes a clock', () => {
    const one = registered('2026-09-18 17:00', asService);
    expect(one.send('2026-09-19 10:00', promise('2026-09-22 10:00'))).toMatchObject([
      { type: 'DeadlinesMet', data: { clocks: [{ clock: REPLY, late: false }] } },
      { type: 'DeadlinesSet', data: { clocks: [{ clock: PROMISE, policy: 'P003@1', rule: 'P003-36', dueAt: '2026-09-22T02:00:00.000Z', pausable: false }] } },
    ]);
  });

  it('P003-36 the promise warns at half and at four fifths of its time, is missed, and calls the roles of the interim reply', () => {
    expect(of(PROMISE, promised().until('2026-09-23 10:00'))).toEqual([
      '2026-09-20 22:00 warn 50', '2026-09-21 19:36 warn 80', '2026-09-21 19:36 escalate intake.administrator', '2026-09-22 10:00 breach',
      '2026-09-22 10:00 escalate intake.head', '2026-09-23 10:00 escalate sales.marketing-director,manager',
    ]);
  });

  it('P003-36 a new promise replaces the old one, which is never missed', () => {
    const one = promised();
    one.until('2026-09-21 20:00');
    expect(one.send('2026-09-21 20:00', promise('2026-09-23 20:00'))).toMatchObject([
      { type: 'DeadlinesDropped', data: { clocks: [PROMISE] } }, { type: 'DeadlinesSet', data: { clocks: [{ clock: PROMISE, dueAt: '2026-09-23T12:00:00.000Z' }] } },
    ]);
    expect(of(PROMISE, one.until('2026-09-23 20:00'))).toEqual([
      '2026-09-22 20:00 warn 50', '2026-09-23 10:24 warn 80', '2026-09-23 10:24 escalate intake.administrator', '2026-09-23 20:00 breach', '2026-09-23 20:00 escalate intake.head',
    ]);
    expect(one.log.filter(({ type, data }) => type === 'DeadlineBreached' && data.clock === PROMISE)).toHaveLength(1);
  });

  it('P003-36 a promise broken before the new one came stays broken', () => {
    const one = promised();
    const said = one.send('2026-09-22 11:00', promise('2026-09-24 10:00'));
    expect(said.map(({ type }) => type)).toEqual(['DeadlineBreached', 'DeadlinesDropped', 'DeadlinesSet']);
  });

  it('P003-36 nobody pauses what was promised, and the outcome keeps it', () => {
    const one = promised();
    for (const command of [judge(true), plan, carryOut]) one.send('2026-09-21 09:00', command);
    one.send('2026-09-21 09:30', { type: 'PauseDeadlines', reasonCode: 'waiting-for-customer' });
    expect(one.clock(PROMISE)).toMatchObject({ paused: null, dueAt: '2026-09-22T02:00:00.000Z' });
    expect(one.send('2026-09-22 10:00', communicate)).toEqual(expect.arrayContaining([
      { type: 'DeadlinesMet', data: { clocks: expect.arrayContaining([expect.objectContaining({ clock: PROMISE, late: false })]) } },
    ]));
  });

  it('P003-36 an interim reply after the 24 hours does not undo that they were missed', () => {
    const one = complaintCase();
    one.send('2026-03-11 09:00', register('2026-03-11 09:00'));
    one.send('2026-03-12 09:00:01', promise('2026-03-16 09:00'));
    expect(one.log.some(({ type, data }) => type === 'DeadlineBreached' && data.clock === REPLY)).toBe(true);
  });
});
