export { evolveClocks, isDeadlineEvent } from './evolving.js';
export type { NoteDueDeadlines } from './noting.js';
export type { PauseDeadlines, ResumeDeadlines } from './pausing.js';
export type { RunningClock, RunningClocks, Timed } from './running.js';
export type { ClockRule, ClockTable, Facts, PromiseRule } from './table.js';
export { timedAggregate, withClocks, type ClockCommand, type TimedAggregate, type TimedEvent } from './timed-aggregate.js';
