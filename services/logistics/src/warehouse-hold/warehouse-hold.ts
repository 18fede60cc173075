import type { CommandOf, WarehouseHoldCommands, WarehouseHoldEvent } from 'aftercare/contracts';

export type WarehouseHoldCommand = CommandOf<WarehouseHoldCommands>;

interface Held { readonly productCode: string; readonly lot: string; readonly caseId: string; readonly labelledAt: readonly string[] }

export type WarehouseHoldState =
  | { readonly stage: 'new' }
  | (Held & { readonly stage: 'held' })
  | (Held & { readonly stage: 'released' });

export const noHold: WarehouseHoldState = { stage: 'new' };

export function evolve(state: WarehouseHoldState, event: WarehouseHoldEvent): WarehouseHoldState {
  switch (event.type) {
    case 'OutboundHoldPlaced': return { stage: 'held', ...event.data, labelledAt: [] };
    case 'HoldLabelApplied': return state.stage === 'held' ? { ...state, labelledAt: [...state.labelledAt, event.data.place] } : state;
    case 'OutboundHoldReleased': return state.stage === 'held' ? { ...state, stage: 'released' } : state;
    default: return state;
  }
}
