import { warehouseHoldEvents, type WarehouseHoldEvent } from 'aftercare/contracts';
import { unreachable, wrongStage, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noHold, type WarehouseHoldCommand, type WarehouseHoldState } from './warehouse-hold.js';
import { oneLabelForEveryPlace } from './rules/one-label-for-every-place.js';

/**
 * P002A-21, P002A-16. Quality keeps count of the cases that hold a lot and orders once; an order that changes nothing
 * has reached us before, or by another path.
 */
export function decide(command: WarehouseHoldCommand, state: WarehouseHoldState): Decision<WarehouseHoldEvent> {
  switch (command.type) {
    case 'PlaceHold': {
      const { productCode, lot, caseId } = command;
      return state.stage === 'held' ? [] : [{ type: 'OutboundHoldPlaced', data: { productCode, lot, caseId } }];
    }
    case 'ReleaseHold': {
      const { productCode, lot, caseId } = command;
      return state.stage === 'held' ? [{ type: 'OutboundHoldReleased', data: { productCode, lot, caseId } }] : [];
    }
    case 'ApplyHoldLabel': {
      if (state.stage !== 'held') return wrongStage(command.type, state.stage);
      const { productCode, lot } = state;
      return oneLabelForEveryPlace(command, state.labelledAt)
        ?? [{ type: 'HoldLabelApplied', data: { productCode, lot, place: command.place } }];
    }
    default: return unreachable(command);
  }
}

/** `warehouseHold` is part of every stream name: renaming it would let held lots go. */
export const warehouseHold = timedAggregate({
  name: 'warehouseHold', initial: noHold, decide, evolve, clocks: [], formats: warehouseHoldEvents, stage: (state) => state.stage,
});
