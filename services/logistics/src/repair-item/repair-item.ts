import type { CommandOf, RepairItemCommands, RepairItemEvent } from 'aftercare/contracts';

export type RepairItemCommand = CommandOf<RepairItemCommands>;

interface Taken { readonly subject: string; readonly customerId: string; readonly productCode: string; readonly serial: string | null; readonly courier: string }

/** Where the device is: nowhere of ours, with the courier, with the customer-service team, back with the customer. */
export type RepairItemState =
  | { readonly stage: 'new' }
  | (Taken & { readonly stage: 'taken' })
  | (Taken & { readonly stage: 'handed-over'; readonly receivedBy: string })
  | (Taken & { readonly stage: 'returned' });

export const noItem: RepairItemState = { stage: 'new' };

export function evolve(state: RepairItemState, event: RepairItemEvent): RepairItemState {
  if (event.type === 'ItemTakenForRepair') {
    const { subject, customerId, productCode, serial, courier } = event.data;
    return { stage: 'taken', subject, customerId, productCode, serial, courier };
  }
  if (state.stage === 'new') return state;
  switch (event.type) {
    case 'RepairItemHandedOver': return { ...state, stage: 'handed-over', receivedBy: event.data.receivedBy };
    case 'ItemReturnedToCustomer': return { ...state, stage: 'returned' };
    default: return state;
  }
}
