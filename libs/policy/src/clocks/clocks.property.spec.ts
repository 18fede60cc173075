import fc from 'fast-check';
import type { DeadlineEvent } from 'aftercare/contracts';
import { isDeadlineEvent } from './evolving.js';
import type { Step } from './running.js';
import { changed, days, ExampleCase, hours, opened, policyOf, shanghai, terms, workingDays, workingHours, YEARS } from './testing/example-case.js';

/** Runs per property; AFTERCARE_CLOCK_RUNS raises it for a long search. */
const numRuns = Number(process.env['AFTERCARE_CLOCK_RUNS'] ?? 200);
const CLOCK = 'P1/case.answer';
const MINUTE = 60_000;
const START = Date.parse(shanghai('2026-09-17 16:00'));
const iso = (minute: number): string => new Date(START + minute * MINUTE).toISOString();

const span = fc.oneof(
  fc.integer({ min: 1, max: 60 }).map(hours), fc.integer({ min: 1, max: 10 }).map(days),
  fc.integer({ min: 1, max: 6 }).map(workingDays), fc.integer({ min: 1, max: 30 }).map(workingHours),
);
const escalation = fc.oneof(
  fc.integer({ min: 1, max: 100 }).map((percent) => ({ percent, to: ['a'] })),
  fc.integer({ min: 1, max: 48 }).map((value) => ({ afterBreach: { value, unit: 'hour' as const }, to: ['b'] })),
);
const drawn = (priority: string) => fc.record({ span, warn: fc.uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 4 }), escalate: fc.array(escalation, { maxLength: 3 }) })
  .map((parts) => terms({ ...parts, when: { priority: [priority] } }));
/** Mostly minutes to days later; sometimes the time of day is set back. */
const passing = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 2_000 }) }, { weight: 1, arbitrary: fc.integer({ min: -300, max: -1 }) });
const act = fc.constantFrom('pause', 'resume', 'note', 'usual', 'urgent');
const story = fc.record({ usual: drawn('usual'), urgent: drawn('urgent'), acts: fc.array(fc.tuple(passing, act), { maxLength: 25 }) });
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;

interface Told { readonly at: string; readonly events: readonly DeadlineEvent[]; readonly steps: readonly Step[]; readonly paused: boolean }

/** What each act recorded, with the steps that were still to come before it. */
function told({ usual, urgent, acts }: Story, revises = true): Told[] {
  const one = new ExampleCase(policyOf([usual, urgent]));
  one.record(iso(0), opened('2026-09-17 16:00', { priority: 'usual' }));
  let minute = 0;
  return acts.filter(([, what]) => revises || (what !== 'usual' && what !== 'urgent')).map(([later, what]) => {
    minute = Math.max(0, minute + later);
    const at = iso(minute);
    const before = one.state.clocks[CLOCK];
    const from = one.log.length;
    if (what === 'pause') one.pause(at);
    else if (what === 'resume') one.resume(at);
    else if (what === 'note') one.note(at, CLOCK);
    else one.record(at, changed({ priority: what }));
    return { at, events: one.log.slice(from).filter(isDeadlineEvent), steps: before?.steps ?? [], paused: before?.paused !== null };
  });
}

const nameOf = (event: DeadlineEvent): string[] => {
  if (event.type === 'DeadlineWarned') return [`warn.${event.data.percent}`];
  if (event.type === 'DeadlineBreached') return ['breach'];
  return event.type === 'DeadlineEscalated' ? [event.data.step] : [];
};

describe('any story of pauses, revisions and looks', () => {
  it('takes each step at most once', () => fc.assert(fc.property(story, (drawnStory) => {
    const steps = told(drawnStory).flatMap(({ events }) => events.flatMap(nameOf));
    expect(steps).toEqual([...new Set(steps)]);
  }), { numRuns }));

  it('without a change of terms takes the steps in the order of their instants, and none before its time or while paused', () => fc.assert(fc.property(story, (drawnStory) => {
    for (const { at, events, steps, paused } of told(drawnStory, false)) {
      const taken = events.flatMap(nameOf);
      expect(taken).toEqual(steps.slice(0, taken.length).map(({ step }) => step));
      expect(steps.slice(0, taken.length).every((step) => step.at !== null && step.at <= at)).toBe(true);
      if (paused) expect(taken).toEqual([]);
    }
  }), { numRuns }));

  it('a pause never shortens the time left, and nobody gets time for nothing', () => fc.assert(fc.property(
    drawn('usual'), fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 0, max: 6_000 })), { minLength: 1, maxLength: 6 }), (usual, pauses) => {
      const one = new ExampleCase(policyOf([usual]));
      one.record(iso(0), opened('2026-09-17 16:00', { priority: 'usual' }));
      const by = usual.span.calendar;
      let minute = 0;
      for (const [runs, stands] of pauses) {
        const due = one.due(CLOCK) as string;
        const stopped = iso(minute += runs);
        if ('refused' in one.pause(stopped) || !one.state.clocks[CLOCK]?.paused) return;
        const again = iso(minute += stands);
        one.resume(again);
        const now = one.due(CLOCK) as string;
        expect(now >= due).toBe(true);
        expect(YEARS.counted(by, again, now)).toBe(YEARS.counted(by, stopped, due));
      }
    }), { numRuns }));

  it('revised to and fro, a clock is due when it would have been due', () => fc.assert(fc.property(
    drawn('usual'), drawn('urgent'), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 4_000 }), fc.integer({ min: 0, max: 400 }), (usual, urgent, runs, stands, runsOn) => {
      const stories = [[], ['urgent', 'usual']].map((changes) => {
        const one = new ExampleCase(policyOf([usual, urgent]));
        one.record(iso(0), opened('2026-09-17 16:00', { priority: 'usual' }));
        const isPaused = !('refused' in one.pause(iso(runs))) && one.state.clocks[CLOCK]?.paused;
        if (!isPaused) return null;
        for (const priority of changes) one.record(iso(runs + stands), changed({ priority }));
        one.resume(iso(runs + stands));
        for (const priority of changes) one.record(iso(runs + stands + runsOn), changed({ priority }));
        return one.due(CLOCK);
      });
      expect(stories[1]).toBe(stories[0]);
    }), { numRuns }));
});
