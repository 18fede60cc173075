import type { DeadlineEvent } from 'aftercare/contracts';
import { ClockLives, missedOf } from './clock-lives.js';

const [SET, DUE, ENTERED] = ['2026-03-02T01:00:00.000Z', '2026-03-02T05:00:00.000Z', '2026-03-03T01:00:00.000Z'];
const CLOCK = 'P1/case.answer';
const course = { clock: CLOCK, dueAt: DUE, late: false, unpublishedYear: null, owner: null, steps: [] };
const set = { type: 'DeadlinesSet', data: { clocks: [{ ...course, from: SET, span: null }] } } as unknown as DeadlineEvent;
const breached = { type: 'DeadlineBreached', data: { clock: CLOCK, dueAt: DUE } } as unknown as DeadlineEvent;
const met = (doneAt: string | null, late: boolean): DeadlineEvent => ({ type: 'DeadlinesMet', data: { clocks: [{ clock: CLOCK, dueAt: DUE, late, doneAt }] } });

function missedIn(...events: readonly DeadlineEvent[]): unknown {
  const lives = new ClockLives();
  events.forEach((event, decision) => lives.take(event, { at: event === set ? SET : ENTERED, decision, caseId: 'c' }));
  const [life] = lives.close('2026-04-01T00:00:00.000Z');
  return life && missedOf(life, '2026-04-01T00:00:00.000Z');
}

describe('a clock that was met by something done before it was recorded', () => {
  it('was missed neither where it was done in time, nor by the alarm of the time in between', () => {
    expect(missedIn(set, met('2026-03-02T04:00:00.000Z', false))).toBeNull();
    expect(missedIn(set, breached, met('2026-03-02T05:00:00.000Z', false))).toBeNull();
  });
  it('was missed by the time until it was done, not until it was entered', () => {
    expect(missedIn(set, breached, met('2026-03-02T06:00:00.000Z', true))).toEqual({ dueAt: DUE, lateByMs: 3_600_000 });
  });
  it('without a stated time is done by being recorded', () => {
    expect(missedIn(set, met(null, true))).toEqual({ dueAt: DUE, lateByMs: 20 * 3_600_000 });
  });
});
