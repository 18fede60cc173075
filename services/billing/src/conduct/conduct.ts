import type { CommandOf, ConductCommands, ConductEvent } from 'aftercare/contracts';

export type ConductCommand = CommandOf<ConductCommands>;

/** What is known of a case about the people who worked on it. */
export interface ConductState {
  readonly stage: 'new' | 'open';
  readonly complainedOf: { readonly person: string; readonly awareAt: string } | null;
  /** A case counts once, however many rounds it takes. */
  readonly upheld: boolean;
  /** Missed clocks for which nobody was named yet, with the event that says so. */
  readonly late: readonly { readonly clock: string; readonly event: string | null }[];
}

export const noConduct: ConductState = { stage: 'new', complainedOf: null, upheld: false, late: [] };

export function evolve(state: ConductState, event: ConductEvent): ConductState {
  switch (event.type) {
    case 'ComplainedOfNoted': {
      const { person, awareAt } = event.data;
      return { ...state, stage: 'open', complainedOf: { person, awareAt } };
    }
    case 'ComplaintUpheldAgainst': return { ...state, upheld: true };
    case 'LateImplementationNoted': return { ...state, stage: 'open', late: [...state.late, { clock: event.data.clock, event: event.data.basis[0] ?? null }] };
    case 'FaultRecorded': return { ...state, stage: 'open', late: event.data.cause === 'late-implementation' ? state.late.slice(1) : state.late };
  }
}
