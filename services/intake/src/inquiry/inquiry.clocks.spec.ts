import type { Actor } from 'aftercare/kernel';
import { Driven, onlyClock, shanghai } from 'aftercare/testing';
import type { InquiryCommand } from './inquiry.js';
import { inquiry } from './inquiry.decide.js';

const receive: InquiryCommand = { type: 'ReceiveInquiry', channel: 'e-mail', awareAt: shanghai('2026-03-11 08:00'), inquirer: '李雷', question: '如何保存?' };
const transfer: InquiryCommand = { type: 'TransferInquiry', to: 'r-and-d', why: 'complex' };
const draft: InquiryCommand = { type: 'DraftReply', reply: '冷藏' };
const review: InquiryCommand = { type: 'ReviewReply', accepted: true };
const REVIEWER: Actor = { id: 'u-2', role: 'intake.reviewer' };

const received = (key: 'inquiry.reply' | 'inquiry.transfer' | 'inquiry.complex_reply') => {
  const one = new Driven(inquiry, { policy: onlyClock(key) });
  one.send('2026-03-11 09:00', receive);
  return one;
};
const answer = (one: ReturnType<typeof received>) => {
  one.send('2026-03-11 11:00', draft);
  one.send('2026-03-11 12:00', review, REVIEWER);
  return one.send('2026-03-11 13:00', { type: 'SendReply' });
};
const met = (clock: string) => [{ type: 'DeadlinesMet', data: { clocks: [expect.objectContaining({ clock, late: false })] } }];

describe('the clocks of an inquiry, where a company fills them', () => {
  it('P001E-13 an inquiry is answered within its time, counted from when the company heard of it', () => {
    const one = received('inquiry.reply');
    expect(one.due('ours/inquiry.reply')).toBe('2026-03-12 08:00');
    expect(answer(one)).toEqual(met('ours/inquiry.reply'));
  });

  it('P001E-13 handing it over does not end the time for the answer', () => {
    const one = received('inquiry.reply');
    one.send('2026-03-11 10:00', transfer);
    expect(one.due('ours/inquiry.reply')).toBe('2026-03-12 08:00');
  });

  it('P000-23 a complex question is handed over within its time, counted from its record', () => {
    const one = received('inquiry.transfer');
    expect(one.due('ours/inquiry.transfer')).toBe('2026-03-12 09:00');
    expect(one.send('2026-03-11 10:00', transfer)).toEqual(met('ours/inquiry.transfer'));
  });

  it('P000-23 whoever drafts the reply has not found it complex, and nothing is missed', () => {
    const one = received('inquiry.transfer');
    expect(one.send('2026-03-11 10:00', draft)).toMatchObject([{ type: 'DeadlinesDropped', data: { clocks: ['ours/inquiry.transfer'] } }]);
  });

  it('P000-24 what was handed over is answered within its time, counted from the first hand-over', () => {
    const one = received('inquiry.complex_reply');
    expect(one.running()).toEqual({});
    one.send('2026-03-11 10:00', transfer);
    one.send('2026-03-11 10:30', transfer);
    expect(one.due('ours/inquiry.complex_reply')).toBe('2026-03-12 10:00');
    expect(answer(one)).toEqual(met('ours/inquiry.complex_reply'));
  });

  it('the example company answers in four working hours, over the lunch break, and what is complex in two working days', () => {
    const one = new Driven(inquiry);
    one.send('2026-03-11 11:05', { ...receive, awareAt: shanghai('2026-03-11 11:00') });
    one.send('2026-03-11 11:10', transfer);
    expect(one.running()).toEqual({ 'example/inquiry.complex_reply': '2026-03-13 11:10', 'example/inquiry.reply': '2026-03-11 16:30' });
  });
});
