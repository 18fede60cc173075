import { sameSpan } from '../clocks/course.js';
import type { Step } from '../clocks/running.js';
import type { ClockLife, SetBy } from './clock-lives.js';
import type { Call, CallCounts, CallsDifference, Difference, EscalationCounts, WarningCounts } from './difference.js';
import type { CallsOf } from './drafted-steps.js';

/** Against which policy the calls of clocks are held. */
export interface CallsOfDraft {
  readonly callsOf: CallsOf;
  /** Whether every recorded policy reckons with the calendar of the draft: only then the same terms come to the same instants. */
  readonly isSameCalendar: boolean;
}

interface Pair { readonly before: ClockLife | null; readonly after: ClockLife | null }
type Place = Pick<Difference, 'caseId' | 'department' | 'stream'>;

export const noCalls = (): CallCounts => ({
  warnings: { added: 0, removed: 0, moved: 0, undetermined: 0 }, escalations: { added: 0, removed: 0, moved: 0, undetermined: 0, otherRoles: 0 },
});

export function addCalls(sum: CallCounts, more: CallCounts): void {
  for (const name of Object.keys(more.warnings) as (keyof WarningCounts)[]) sum.warnings[name] += more.warnings[name];
  for (const name of Object.keys(more.escalations) as (keyof EscalationCounts)[]) sum.escalations[name] += more.escalations[name];
}

const isAny = (counts: WarningCounts | EscalationCounts): boolean => Object.values(counts).some((count) => count > 0);

/** Warnings and escalations of one clock that had come by its end, or by the horizon where it had none. */
export function compareCalls(pair: Pair, place: Place, draft: CallsOfDraft, counts: Record<string, CallCounts>): CallsDifference | null {
  const { before, after } = pair;
  const { clock } = (after ?? before) as ClockLife;
  if (isSame(pair, draft)) return null;
  const [was, is] = [before ? given(before) : [], after ? given(after) : []];
  const found = noCalls();
  if (after && after.dueAt === null && after.unpublishedYear !== null) addUnknown(found, draft.callsOf(clock));
  else {
    compareWarnings(was.filter(isWarning), is.filter(isWarning), found.warnings);
    compareEscalations(was.filter(isEscalation), is.filter(isEscalation), found.escalations);
  }
  if (!isAny(found.warnings) && !isAny(found.escalations)) return null;
  addCalls(counts[clock.slice(clock.indexOf('/') + 1)] ??= noCalls(), found);
  return { kind: 'calls', ...place, clock, ...found, before: was, after: is };
}

const isWarning = ({ what }: Call): boolean => what === 'warn';
const isEscalation = ({ what }: Call): boolean => what === 'escalate';

function addUnknown({ warnings, escalations }: CallCounts, calls: readonly Pick<Step, 'what'>[]): void {
  for (const { what } of calls) (what === 'warn' ? warnings : escalations).undetermined += 1;
}

/** The same clock, run the same way under the same terms: reckoning both sides would be for nothing. */
function isSame({ before, after }: Pair, { callsOf, isSameCalendar }: CallsOfDraft): boolean {
  if (!isSameCalendar || !before || !after || before.revised || after.revised || before.clock !== after.clock) return false;
  const [was, is] = [before.set, after.set];
  return before.dueAt === after.dueAt && was.dueAt === is.dueAt && was.from === is.from && was.late === is.late && isSameSpan(was.span, is.span)
    && before.stages.length === after.stages.length && before.stages.every(({ until, isEnd }, at) => until === after.stages[at]?.until && isEnd === after.stages[at]?.isEnd)
    && areSameSteps(was.steps, callsOf(after.clock), was.late && was.span !== null);
}

/** Without a span on both sides it is a promised date. */
const isSameSpan = (one: SetBy['span'], other: SetBy['span']): boolean => (one === null ? other === null : sameSpan(one, other));

function areSameSteps(recorded: readonly Step[], drafted: readonly Omit<Step, 'at'>[], late: boolean): boolean {
  let left = 0;
  for (const { what } of drafted) if (what !== 'warn' || !late) left += 1;
  for (const step of recorded) {
    if (step.what === 'breach') continue;
    left -= 1;
    const other = drafted.find((one) => one.step === step.step);
    if (!other || other.percent !== step.percent || other.after?.value !== step.after?.value || other.after?.unit !== step.after?.unit || !isSameList(step.to, other.to)) return false;
  }
  return left === 0;
}

const isSameList = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((role, at) => role === other[at]);

/** Each step once, whichever terms it came under first. */
function given({ stages }: ClockLife): Call[] {
  const calls = new Map<string, Call>();
  for (const { steps, until, isEnd } of stages) {
    for (const { step, what, at, percent, after, to } of typeof steps === 'function' ? steps() : steps) {
      const isToCome = at !== null && (isEnd ? at >= until : at > until);
      if (what === 'breach' || isToCome || calls.has(step)) continue;
      calls.set(step, { what, at, percent, after, to });
    }
  }
  return [...calls.values()];
}

/** Warnings tell the same people, so what counts is how many there were: one at another share of the span has moved. */
function compareWarnings(was: readonly Call[], is: readonly Call[], counts: WarningCounts): void {
  const left = matched(was, is, ({ percent }, other) => percent === other.percent, counts);
  settle(...matched(...left, () => true, counts), counts);
}

/** Point and roles first, then the point alone, then the roles alone. */
function compareEscalations(was: readonly Call[], is: readonly Call[], counts: EscalationCounts): void {
  const isPoint = (one: Call, other: Call): boolean => one.percent === other.percent && one.after?.value === other.after?.value && one.after?.unit === other.after?.unit;
  const isRoles = (one: Call, other: Call): boolean => isSameList([...one.to].sort(), [...other.to].sort());
  const exact = matched(was, is, (one, other) => isPoint(one, other) && isRoles(one, other), counts);
  const others = matched(...exact, isPoint, counts, (): void => { counts.otherRoles += 1; });
  settle(...matched(...others, isRoles, counts), counts);
}

/** Counts what both sides have, and gives back what is left of each. */
function matched(
  was: readonly Call[], is: readonly Call[], match: (one: Call, other: Call) => boolean, counts: WarningCounts, known: (one: Call, other: Call) => void = (one, other) => {
    if (one.at !== other.at) counts.moved += 1;
  },
): [Call[], Call[]] {
  const left = [...is];
  const unmatched = was.filter((one) => {
    const at = left.findIndex((other) => match(one, other));
    const [other] = at < 0 ? [] : left.splice(at, 1);
    if (!other) return true;
    if (one.at === null || other.at === null) counts.undetermined += one.at === other.at ? 0 : 1;
    else known(one, other);
    return false;
  });
  return [unmatched, left];
}

/** Without an instant nobody can say whether it would have come. */
function settle(was: readonly Call[], is: readonly Call[], counts: WarningCounts): void {
  counts.removed += was.filter(({ at }) => at !== null).length;
  counts.added += is.filter(({ at }) => at !== null).length;
  counts.undetermined += is.filter(({ at }) => at === null).length;
}
