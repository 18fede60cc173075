/** When a clock was due and by how much it was missed; `lateByMs` up to its end, or to the horizon where it had none by then. */
export interface Missed {
  readonly dueAt: string;
  readonly lateByMs: number;
}

export type DecisionEffect = 'route' | 'approval' | 'penalty';

interface Placed {
  readonly caseId: string;
  readonly department: string;
  readonly stream: string;
}

/** A due time that is missed under one of the two policies only, or under both by another measure. */
export interface BreachDifference extends Placed {
  readonly kind: 'breach';
  readonly change: 'added' | 'removed' | 'moved';
  readonly clock: string;
  /** When the clock was due, missed or not; null where it did not run, or nobody can tell. */
  readonly dueBefore: string | null;
  readonly dueAfter: string | null;
  readonly before: Missed | null;
  readonly after: Missed | null;
}

/** A clock that runs under one of the two policies only, or is due at another time, missed or not. */
export interface ClockDifference extends Placed {
  readonly kind: 'clock';
  readonly change: 'added' | 'removed' | 'due-moved';
  readonly clock: string;
  /** Null where the clock did not run, or has no due time. */
  readonly dueBefore: string | null;
  readonly dueAfter: string | null;
}

/** Nobody published the year that the draft would need: whether the clock is missed is not known. */
export interface UndeterminedDifference extends Placed {
  readonly kind: 'undetermined';
  readonly clock: string;
  readonly unpublishedYear: number | null;
  readonly owner: string | null;
  readonly before: Missed | null;
}

/** A decision table that answers the recorded question in another way. */
export interface DecisionDifference extends Placed {
  readonly kind: 'decision';
  readonly effect: DecisionEffect;
  readonly table: string;
  readonly before: { readonly rule: string; readonly outcome: string };
  readonly after: { readonly rule: string; readonly outcome: string };
  /** Roles that would have had to sign and did not, and the other way round. */
  readonly extraSigners: readonly string[];
  readonly sparedSigners: readonly string[];
}

/** Somebody who was warned or called, or would have been, by the time the clock ended. */
export interface Call {
  readonly what: 'warn' | 'escalate';
  /** UTC instant; null where nobody published the year that would tell. */
  readonly at: string | null;
  /** Share of the span; null for a point counted from the breach. */
  readonly percent: number | null;
  readonly after: { readonly value: number; readonly unit: string } | null;
  /** Roles that are called. */
  readonly to: readonly string[];
}

/** `moved`: given under both at another instant, once and never as one removed and one added; `undetermined`: nobody can tell whether the draft would have given it. */
export interface WarningCounts { added: number; removed: number; moved: number; undetermined: number }
/** `otherRoles`: at the same point of the clock, to others; whether or not that point lies at another instant. */
export interface EscalationCounts extends WarningCounts { otherRoles: number }
export interface CallCounts { readonly warnings: WarningCounts; readonly escalations: EscalationCounts }

/** Other warnings or escalations of one clock, also those that moved only because the due time did. */
export interface CallsDifference extends Placed, CallCounts {
  readonly kind: 'calls';
  readonly clock: string;
  readonly before: readonly Call[];
  readonly after: readonly Call[];
}

export type PenaltyKind = 'fine' | 'points' | 'bonus';

/** So many, that come to so much: minor units (分), or points. The two ends differ only by ranges, within which a person chooses. */
export interface Amount { readonly number: number; readonly least: number; readonly most: number }

/** What came of penalties of one kind. Nothing that is not known counts as zero: it is in neither sum of its side. */
export interface PenaltySums {
  readonly recorded: Amount;
  readonly draft: Amount;
  /** Proposals that name no amount: a person does. */
  readonly withoutAmount: { readonly recorded: number; readonly draft: number };
  /** Of those recorded, the ones for which the draft cannot be asked. */
  readonly notReplayable: Amount;
}

/** What one case adds to penalties or rewards of one kind in one stream, as it was proposed and as the draft would have. */
export interface AmountDifference extends Placed, PenaltySums {
  readonly kind: 'amount';
  readonly penalty: PenaltyKind;
}

/**
 * Something that a total counts and that is no difference: the same outcome by another row, what a person had to decide
 * said by a rule now, or a recorded answer that cannot be computed again. Without it nobody finds the cases behind the total.
 */
export interface NotedDecision extends Placed {
  readonly kind: 'noted';
  readonly note: 'other-rule' | 'decided-by-rule' | 'not-replayable';
  /** Table, setting, rule or kind of penalty. */
  readonly about: string;
  /** Null where the record has no trace of it, or the draft no answer. */
  readonly before: { readonly rule: string; readonly outcome: string } | null;
  readonly after: { readonly rule: string; readonly outcome: string } | null;
}

export type Difference = NotedDecision | BreachDifference | ClockDifference | UndeterminedDifference | CallsDifference | DecisionDifference | AmountDifference;
