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

export type Difference = BreachDifference | UndeterminedDifference | DecisionDifference;
