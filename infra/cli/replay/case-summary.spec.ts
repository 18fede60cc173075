import { caseNumber } from 'aftercare/kernel';
import { event } from '../spec/event.js';
import { summarise } from './case-summary.js';

const set = (clock: string, dueAt: string) => ({ clocks: [{ clock, dueAt, late: false, policy: 'p', rule: 'r' }] });

describe('where a case stands', () => {
  it('is nothing before anything was recorded', () => {
    expect(summarise([])).toBeNull();
  });

  it('follows a complaint to its verdict and its open deadline', () => {
    const summary = summarise([
      event({ index: 42, version: 0, type: 'ComplaintRegistered' }),
      event({ index: 43, version: 1, type: 'DeadlinesSet', data: set('complaint.first_contact', '2026-03-02T01:00:00.000Z') }),
      event({ index: 44, version: 2, type: 'DeadlinesSet', data: set('complaint.closing', '2026-03-09T01:00:00.000Z') }),
      event({ index: 45, version: 3, type: 'ComplaintClassified', data: { class: 'product-quality' } }),
      event({ index: 46, version: 4, type: 'DeadlinesMet', data: set('complaint.first_contact', '2026-03-02T01:00:00.000Z') }),
      event({ log: 'quality', index: 0, stream: 'investigation-c1', type: 'QualityVerdictReached', data: { verdict: 'nonconforming' } }),
    ]);
    expect(summary).toMatchObject({
      number: 'c1', stage: 'verdict reached', class: 'product-quality', verdict: 'nonconforming', round: 1,
      deadlines: [{ log: 'intake', clock: 'complaint.closing', dueAt: '2026-03-09T01:00:00.000Z', breached: false }],
      departments: { intake: { events: 5 }, quality: { events: 1, last: 'QualityVerdictReached' } },
    });
  });

  it('names the policy it was opened under, whatever another department keeps', () => {
    const summary = summarise([
      event({ index: 0, version: 0, type: 'ComplaintRegistered' }),
      event({ index: 1, version: 1, type: 'PolicyVersionKept', data: { adoption: 'ours@1', digest: 'd' } }),
      event({ log: 'surveys', index: 0, type: 'PolicyVersionKept', data: { adoption: 'ours@2', digest: 'e' } }),
    ]);
    expect(summary?.policy).toBe('ours@1');
  });

  it('carries the number that is computed from the case id', () => {
    const correlationId = '019ca6a0-0000-7000-8000-0102030405ff';
    expect(summarise([event({ correlationId })])?.number).toBe(caseNumber('CMP', correlationId));
  });

  it('starts the outcome over when the case is reopened for its next round', () => {
    const summary = summarise([
      event({ index: 0, type: 'ComplaintRegistered' }),
      event({ index: 1, type: 'HandlingPlanFixed', data: { remedies: ['return'] } }),
      event({ index: 2, type: 'RemedySettled', data: { remedy: 'return', outcome: 'done' } }),
      event({ log: 'surveys', index: 0, type: 'SatisfactionRecorded', data: { outcome: 'dissatisfied' } }),
      event({ index: 3, type: 'CaseReopened', data: { round: 2 } }),
    ]);
    expect(summary).toMatchObject({ stage: 'reopened', round: 2, remedies: [], settled: [], satisfaction: null, verdict: null });
  });

  it('shows a lot as held until sale resumes', () => {
    const held = event({ log: 'quality', index: 0, type: 'StopSaleOrdered', data: { productCode: 'P1', lot: 'L9' } });
    const resumed = event({ log: 'quality', index: 1, type: 'ResumeSaleOrdered', data: { productCode: 'P1', lot: 'L9' } });
    expect(summarise([held])?.heldLots).toEqual(['P1/L9']);
    expect(summarise([held, resumed])?.heldLots).toEqual([]);
  });

  it('moves a deadline that was resumed or revised, also to another clock', () => {
    const started = event({ index: 0, type: 'DeadlinesSet', data: set('a', '2026-03-02T01:00:00.000Z') });
    const resumed = event({ index: 1, type: 'DeadlinesResumed', data: { clocks: [{ clock: 'a', dueAt: '2026-03-03T01:00:00.000Z' }] } });
    const revised = event({ index: 2, type: 'DeadlinesRevised', data: { clocks: [{ was: 'a', clock: 'b', dueAt: '2026-03-02T12:00:00.000Z' }] } });
    expect(summarise([started, resumed])?.deadlines).toEqual([expect.objectContaining({ clock: 'a', dueAt: '2026-03-03T01:00:00.000Z' })]);
    expect(summarise([started, resumed, revised])?.deadlines).toEqual([expect.objectContaining({ clock: 'b', dueAt: '2026-03-02T12:00:00.000Z' })]);
  });

  it('marks a breached deadline and forgets a dropped one', () => {
    const breached = [event({ index: 0, type: 'DeadlinesSet', data: set('a', '2026-03-02T01:00:00.000Z') }), event({ index: 1, type: 'DeadlineBreached', data: { clock: 'a' } })];
    expect(summarise(breached)?.deadlines).toEqual([expect.objectContaining({ clock: 'a', breached: true })]);
    expect(summarise([...breached, event({ index: 2, type: 'DeadlinesDropped', data: { clocks: ['a'], why: 'closed' } })])?.deadlines).toEqual([]);
  });
});
