import type { AllowanceCommands, AllowanceEvent, CommandOf } from 'aftercare/contracts';
import { namedId } from 'aftercare/kernel';

export type AllowanceCommand = CommandOf<AllowanceCommands>;

/** What one person has signed for in one month. */
export interface AllowanceState {
  readonly stage: 'new' | 'open';
  /** Minor units by signature. */
  readonly taken: Readonly<Record<string, number>>;
  /** Signatures that came to nothing: one that is heard of afterwards must not take anything. */
  readonly over: readonly string[];
}

export const noAllowance: AllowanceState = { stage: 'new', taken: {}, over: [] };

/** One stream per person and month, so that two signatures at once are decided one after the other. */
export const allowanceId = (person: string, period: string): string => namedId('allowance', person, period);

export function sumOf({ taken }: AllowanceState): number {
  return Object.values(taken).reduce((sum, minor) => sum + minor, 0);
}

export function evolve(state: AllowanceState, event: AllowanceEvent): AllowanceState {
  const { signature, amount } = event.data;
  switch (event.type) {
    case 'AllowanceTaken': return { ...state, stage: 'open', taken: { ...state.taken, [signature]: amount.minor } };
    case 'AllowanceExceeded': return { ...state, stage: 'open', over: [...state.over, signature] };
    case 'AllowanceReleased': {
      const { [signature]: _given, ...taken } = state.taken;
      return { ...state, stage: 'open', taken, over: [...state.over, signature] };
    }
  }
}
