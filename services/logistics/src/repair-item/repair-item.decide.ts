import { repairItemEvents, type RepairItemEvent } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noItem, type RepairItemCommand, type RepairItemState } from './repair-item.js';
import { aDeviceGoesBackToItsOwnCustomer } from './rules/a-device-goes-back-to-its-own-customer.js';
import { nobodyHandsOverToThemselves } from './rules/nobody-hands-over-to-themselves.js';

export function decide(command: RepairItemCommand, state: RepairItemState, context: DecisionContext<PolicySet>): Decision<RepairItemEvent> {
  const courier = context.actor.id;
  switch (command.type) {
    case 'TakeForRepair': {
      if (state.stage !== 'new') return wrongStage(command.type, state.stage);
      const { caseId, customerId, productCode, serial, defect } = command;
      return [{
        type: 'ItemTakenForRepair',
        data: { caseId: caseId ?? null, subject: context.freshId, customerId, productCode, serial: serial ?? null, courier },
        personal: words(context.freshId, { defect }),
      }];
    }
    case 'HandOverForRepair':
      if (state.stage !== 'taken') return wrongStage(command.type, state.stage);
      return nobodyHandsOverToThemselves(command, courier)
        ?? [{ type: 'RepairItemHandedOver', data: { receivedBy: command.receivedBy } }];
    case 'ReturnToCustomer':
      if (state.stage !== 'handed-over') return wrongStage(command.type, state.stage);
      return aDeviceGoesBackToItsOwnCustomer(command, state.customerId)
        ?? [{ type: 'ItemReturnedToCustomer', data: { customerId: command.customerId, courier } }];
    default: return unreachable(command);
  }
}

/** `repairItem` is part of every stream name: renaming it would lose track of devices on the road. */
export const repairItem = timedAggregate({
  name: 'repairItem', initial: noItem, decide, evolve, clocks: [], formats: repairItemEvents, stage: (state) => state.stage,
});
