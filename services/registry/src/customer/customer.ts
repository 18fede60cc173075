import type { CommandOf, CustomerCommands, CustomerEvent } from 'aftercare/contracts';

export type CustomerCommand = CommandOf<CustomerCommands>;

export type CustomerState =
  | { readonly stage: 'new' }
  | { readonly stage: 'on-file'; readonly subject: string; readonly grade: 'A' | 'B' | 'C' | null };

export const noCustomer: CustomerState = { stage: 'new' };

export function evolve(state: CustomerState, event: CustomerEvent): CustomerState {
  switch (event.type) {
    case 'CustomerRegistered': return { stage: 'on-file', subject: event.data.subject, grade: null };
    case 'CustomerGraded': return state.stage === 'new' ? state : { ...state, grade: event.data.grade };
    case 'CustomerFileUpdated': return state;
  }
}
