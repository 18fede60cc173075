import type { CommandOf, CostCommands, CostEvent, CostPayer } from 'aftercare/contracts';
import type { Money } from 'aftercare/kernel';
import type { ClockTable } from 'aftercare/policy';

export type CostCommand = CommandOf<CostCommands>;

export type CostState =
  | { readonly stage: 'new' }
  | { readonly stage: 'recorded'; readonly kind: 'freight' | 'other'; readonly returnId: string; readonly amount: Money; readonly payer: CostPayer };

export const noCost: CostState = { stage: 'new' };

export function evolve(_state: CostState, event: CostEvent): CostState {
  const { returnId, amount, payer } = event.data;
  return { stage: 'recorded', kind: event.type === 'ReturnFreightCharged' ? 'freight' : 'other', returnId, amount, payer };
}

/** No source sets a time for settling these costs. */
export const costClocks: ClockTable<CostEvent, CostState> = [];
