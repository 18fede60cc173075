import { Type } from '../schema.js';
import { count, eventType, exactly, flag, id, instant, oneOf, orNull, text, type EventsOf } from '../event-type.js';

/** As long as a pack may write it. */
const line = Type.String({ maxLength: 2_000 });
const bilingual = exactly({ zh: line, en: line });
/** The same words as in policy packs; they are repeated here because what is stored must not change with a pack. */
const countedBy = oneOf(['wall-clock', 'working-hours', 'working-days', 'cut-off', 'lead-time'] as const);
const unit = oneOf(['second', 'minute', 'hour', 'day', 'week', 'month', 'year', 'working-hour', 'working-day'] as const);
/** Why a case waits, from a closed list: what people type belongs to somebody and would have to be sealed. */
export const PAUSE_REASONS = ['waiting-for-customer', 'waiting-for-supplier', 'waiting-for-authority', 'other'] as const;
export type PauseReason = (typeof PAUSE_REASONS)[number];

/** One point of a clock at which somebody is told. Those of one clock are in the order in which they are reached. */
const step = exactly({
  /** `warn.50`, `breach`, `escalate.1`: what is done once is not done again when the clock is paused or revised. */
  step: id,
  what: oneOf(['warn', 'breach', 'escalate'] as const),
  /** Null when no calendar was published for its year. */
  at: orNull(instant),
  /** Share of the span; null for a point counted from the breach. */
  percent: orNull(count),
  after: orNull(exactly({ value: count, unit })),
  /** Roles that are called. */
  to: Type.Array(id),
});

const due = {
  /** Null when the calendar cannot say: a person has to decide. */
  dueAt: orNull(instant),
  /** The year nobody published, and the role that has to. */
  unpublishedYear: orNull(Type.Integer()),
  owner: orNull(id),
  /** What is still to come. */
  steps: Type.Array(step),
};

const terms = {
  /** Instant from which the span counts; null for a clock of the time before this was recorded. */
  from: orNull(instant),
  /** Null for a promised date and for a clock of the time before this was recorded. */
  span: orNull(exactly({ value: count, unit, calendar: countedBy, at: orNull(id) })),
  policy: id,
  rule: id,
  nature: oneOf(['service', 'regulatory'] as const),
  pausable: flag,
  clause: text,
  consequence: orNull(bilingual),
};

const clock = exactly({
  /** `<pack>/<key>`, for example `P001E/complaint.first_contact`. */
  clock: id,
  ...terms,
  ...due,
  /** True when the due time had already passed when the fact became known. */
  late: flag,
});

/** Recorded together with the decision that starts the clocks. */
export const DeadlinesSet = eventType('DeadlinesSet', 2, exactly({ clocks: Type.Array(clock) }));
/**
 * `doneAt`: when it was done, as somebody stated who recorded it afterwards; null where recording is doing. `late` goes by it,
 * so that a report filed in time and entered a day later is not late; a breach recorded meanwhile stays: nobody had said so.
 */
export const DeadlinesMet = eventType('DeadlinesMet', 2, exactly({
  clocks: Type.Array(exactly({ clock: id, dueAt: orNull(instant), late: flag, doneAt: orNull(instant) })),
}));
/** The case ended or went another way before the clock was met. */
export const DeadlinesDropped = eventType('DeadlinesDropped', 1, exactly({ clocks: Type.Array(id), why: text }));

/** The case waits for somebody else. Regulatory clocks never wait. */
export const DeadlinesPaused = eventType('DeadlinesPaused', 1, exactly({
  at: instant,
  /** `leftMs`: milliseconds that still count, as `by` counts them; null where a year that nobody has published is needed to tell. */
  clocks: Type.Array(exactly({ clock: id, leftMs: orNull(count), by: countedBy })),
  why: oneOf(PAUSE_REASONS),
}));
export const DeadlinesResumed = eventType('DeadlinesResumed', 1, exactly({
  at: instant,
  clocks: Type.Array(exactly({ clock: id, ...due })),
}));

/** Facts changed and with them the terms. What had been counted is kept. */
export const DeadlinesRevised = eventType('DeadlinesRevised', 1, exactly({
  at: instant,
  clocks: Type.Array(exactly({
    /** The name it ran under until now; another one where the new terms stand under another key. */
    was: id,
    wasDueAt: orNull(instant),
    clock: id,
    ...terms,
    ...due,
    /** Null while the clock runs; milliseconds left of a clock that is paused. */
    leftMs: orNull(count),
    late: flag,
  })),
  /** Type of the event that changed the facts, or `calendar-published` where only the year had been missing. */
  why: text,
}));

/** How long after its time it was noticed: 0 when it was noticed at once. */
const lateByMs = count;

export const DeadlineWarned = eventType('DeadlineWarned', 1, exactly({ clock: id, percent: count, dueAt: instant, lateByMs }));
/** A due time passed unmet. Recorded once per clock. */
export const DeadlineBreached = eventType('DeadlineBreached', 2, exactly({
  clock: id, dueAt: instant, policy: id, rule: id, lateByMs, consequence: orNull(bilingual),
}));
export const DeadlineEscalated = eventType('DeadlineEscalated', 1, exactly({
  clock: id, step: id, to: Type.Array(id), dueAt: instant, lateByMs, policy: id, rule: id,
}));

export const deadlineEvents = {
  DeadlinesSet, DeadlinesMet, DeadlinesDropped, DeadlinesPaused, DeadlinesResumed, DeadlinesRevised, DeadlineWarned, DeadlineBreached, DeadlineEscalated,
};
export type DeadlineEvent = EventsOf<typeof deadlineEvents>;
