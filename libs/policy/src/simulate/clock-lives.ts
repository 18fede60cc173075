import type { DeadlineEvent } from 'aftercare/contracts';
import type { SetClock, Step } from '../clocks/running.js';
import type { Missed } from './difference.js';

/** Steps are reckoned when somebody asks: those of most clocks are the same under both policies. */
export type Steps = readonly Step[] | (() => readonly Step[]);

/** While a clock ran under these steps: what had come by then was done; at the very instant of its end nobody is called any more. */
interface Stage { readonly steps: Steps; readonly until: string; readonly isEnd: boolean }

/** One clock from its start to its end, as deadline events tell it. */
export interface ClockLife {
  clock: string;
  /** Case of the decision that started it: a lot's stream has clocks of many. */
  readonly caseId: string;
  /** Number of that decision in its stream. With the name it says which clock of the other policy is the same one. */
  readonly start: number;
  dueAt: string | null;
  unpublishedYear: number | null;
  owner: string | null;
  /** Due time that was missed; null while it was not. */
  missedDueAt: string | null;
  endedAt: string | null;
  paused: boolean;
  /** UTC instant of the decision that started it. */
  readonly setAt: string;
  /** As it was set: what it would do unless something changed. */
  readonly set: SetBy;
  /** Terms or start were changed on the way. */
  revised: boolean;
  /** Still to come, as recorded last. */
  toCome: readonly Step[];
  readonly stages: Stage[];
}

export type SetBy = Pick<SetClock, 'from' | 'span' | 'steps' | 'late' | 'dueAt'>;

/** Where in a stream something happened. */
export interface Moment {
  /** UTC instant. */
  readonly at: string;
  readonly decision: number;
  readonly caseId: string;
}

/** Follows the clocks of one stream through deadline events, be they recorded or simulated: both are judged alike. */
export class ClockLives {
  readonly all: ClockLife[] = [];
  private readonly running = new Map<string, ClockLife>();

  /** @param stepsOf what a clock does from its start on, under the terms it has now; asked before an event changes them */
  constructor(private readonly stepsOf: (life: ClockLife) => Steps = ({ toCome }) => toCome) {}

  take(event: DeadlineEvent, moment: Moment): void {
    switch (event.type) {
      case 'DeadlinesSet':
        for (const set of event.data.clocks) this.begin(set, moment).missedDueAt = set.late ? set.dueAt : null;
        return;
      case 'DeadlinesMet':
        for (const { clock, dueAt, late, doneAt } of event.data.clocks) {
          // Set and met by one decision: it has no record of its start.
          const life = this.running.get(clock) ?? this.begin({ clock, dueAt, unpublishedYear: null, owner: null, from: null, span: null, steps: [], late }, moment);
          if (late) life.missedDueAt ??= dueAt;
          // Done in time and recorded afterwards: the alarm of the time between was no miss.
          else if (doneAt !== null && life.missedDueAt !== null && doneAt <= life.missedDueAt) life.missedDueAt = null;
          this.end(clock, life, { ...moment, at: doneAt ?? moment.at });
        }
        return;
      case 'DeadlinesDropped':
        for (const clock of event.data.clocks) this.change(clock, (life) => this.end(clock, life, moment));
        return;
      case 'DeadlinesPaused':
        for (const { clock } of event.data.clocks) this.change(clock, (life) => {
          this.passed(life, moment.at);
          life.paused = true;
        });
        return;
      case 'DeadlinesResumed':
        for (const { clock, dueAt, unpublishedYear, owner, steps } of event.data.clocks) this.change(clock, (life) => Object.assign(life, { dueAt, unpublishedYear, owner, paused: false, toCome: steps }));
        return;
      case 'DeadlinesRevised':
        for (const { was, clock, dueAt, unpublishedYear, owner, steps } of event.data.clocks) this.change(was, (life) => {
          this.passed(life, moment.at);
          this.running.delete(was);
          this.running.set(clock, Object.assign(life, { clock, dueAt, unpublishedYear, owner, toCome: steps, revised: true }));
        });
        return;
      case 'DeadlineBreached':
        this.change(event.data.clock, (life) => { life.missedDueAt ??= event.data.dueAt; });
        return;
      case 'DeadlineWarned':
      case 'DeadlineEscalated': return;
    }
  }

  /** What is open and due by then was missed, whether or not anybody had looked. */
  close(horizon: string): readonly ClockLife[] {
    for (const life of this.running.values()) {
      this.passed(life, horizon);
      if (!life.paused && life.dueAt !== null && life.dueAt <= horizon) life.missedDueAt ??= life.dueAt;
    }
    return this.all;
  }

  private begin(set: SetBy & Pick<ClockLife, 'clock' | 'unpublishedYear' | 'owner'>, { decision, caseId, at }: Moment): ClockLife {
    const { clock, dueAt, unpublishedYear, owner, steps } = set;
    const life: ClockLife = {
      clock, caseId, start: decision, dueAt, unpublishedYear, owner, missedDueAt: null, endedAt: null, paused: false, setAt: at, set, revised: false, toCome: steps, stages: [],
    };
    this.all.push(life);
    this.running.set(clock, life);
    return life;
  }

  private end(clock: string, life: ClockLife, { at }: Moment): void {
    this.passed(life, at, true);
    if (!life.paused && life.dueAt !== null && life.dueAt < at) life.missedDueAt ??= life.dueAt;
    life.endedAt = at;
    this.running.delete(clock);
  }

  /** While a clock waits nothing comes. */
  private passed(life: ClockLife, until: string, isEnd = false): void {
    if (!life.paused) life.stages.push({ steps: this.stepsOf(life), until, isEnd });
  }

  private change(clock: string, to: (life: ClockLife) => void): void {
    const life = this.running.get(clock);
    if (life) to(life);
  }
}

export function missedOf({ missedDueAt, endedAt }: ClockLife, horizon: string): Missed | null {
  if (missedDueAt === null) return null;
  return { dueAt: missedDueAt, lateByMs: Math.max(0, Date.parse(endedAt ?? horizon) - Date.parse(missedDueAt)) };
}
