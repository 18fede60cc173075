import { Type } from '../schema.js';
import { eventType, exactly, id, instant, orNull, text, type EventsOf } from '../event-type.js';

const clock = exactly({
  /** Policy key, for example `complaint.first_contact`. */
  clock: id,
  /** Null when the calendar cannot say: a person has to decide. */
  dueAt: orNull(instant),
  /** True when the due time had already passed when the fact became known. */
  late: Type.Boolean(),
  policy: id,
  rule: id,
});

/** Recorded together with the decision that starts the clocks. */
export const DeadlinesSet = eventType('DeadlinesSet', 1, exactly({ clocks: Type.Array(clock) }));
export const DeadlinesMet = eventType('DeadlinesMet', 1, exactly({
  clocks: Type.Array(exactly({ clock: id, dueAt: orNull(instant), late: Type.Boolean() })),
}));
/** The case ended or went another way before the clock was met. */
export const DeadlinesDropped = eventType('DeadlinesDropped', 1, exactly({ clocks: Type.Array(id), why: text }));
/** A due time passed unmet. Recorded once per clock. */
export const DeadlineBreached = eventType('DeadlineBreached', 1, exactly({
  clock: id, dueAt: instant, policy: id, rule: id,
}));

export const deadlineEvents = { DeadlinesSet, DeadlinesMet, DeadlinesDropped, DeadlineBreached };
export type DeadlineEvent = EventsOf<typeof deadlineEvents>;
