import type { ApproverRole, CommandOf, DeputyCommands, DeputyEvent, DeputyshipFact } from 'aftercare/contracts';
import { namedId } from 'aftercare/kernel';

export type DeputyCommand = CommandOf<DeputyCommands>;

/** All deputyships of one office, so that no two appointments pass each other by unseen. */
export interface DeputyState {
  readonly stage: 'new' | 'open';
  readonly deputyships: readonly DeputyshipFact[];
}

export const noDeputies: DeputyState = { stage: 'new', deputyships: [] };

export const rosterId = (role: ApproverRole): string => namedId('deputies', role);

export function evolve(state: DeputyState, event: DeputyEvent): DeputyState {
  switch (event.type) {
    case 'DeputyAppointed': {
      const { deputyship: id, role, person, deputy, from, to, appointedBy } = event.data;
      return { stage: 'open', deputyships: [...state.deputyships, { id, role, person, deputy, from, to, appointedBy, ended: false }] };
    }
    case 'DeputyshipEnded': {
      const ended = (one: DeputyshipFact): DeputyshipFact => (one.id === event.data.deputyship ? { ...one, ended: true } : one);
      return { ...state, deputyships: state.deputyships.map(ended) };
    }
  }
}
