import type { Desk } from '../desk.js';

/** Where a story ends: the case, why it closed, in which round. */
export interface Ending {
  readonly caseId: string;
  readonly number: string;
  readonly closed: 'satisfied' | 'unfounded' | 'unreachable' | 'resolved-on-spot' | null;
  readonly rounds: number;
}

/** One way a case can go, told by the people who act in it. `id` makes its lot and its words its own. */
export interface Story {
  readonly name: string;
  tell(desk: Desk, id: string): Promise<Ending>;
}
