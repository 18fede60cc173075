import { customerEvents, type CustomerEvent } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, noCustomer, type CustomerCommand, type CustomerState } from './customer.js';

/** P000-04: the kinds of customers; a complainant need not be one. */
export function decide(command: CustomerCommand, state: CustomerState, context: DecisionContext<PolicySet>): Decision<CustomerEvent> {
  if (state.stage === 'new') {
    if (command.type !== 'RegisterCustomer') return wrongStage(command.type, 'new');
    const { kind, region, name, phone, address, email } = command;
    return [{
      type: 'CustomerRegistered', data: { customerId: context.id, subject: context.freshId, kind, region: region ?? null },
      personal: words(context.freshId, { name, phone, address, email }),
    }];
  }
  switch (command.type) {
    // The code is the identity: registering it again is somebody's second entry of the same customer.
    case 'RegisterCustomer': return wrongStage(command.type, 'on-file');
    case 'UpdateCustomerFile': {
      const { name, phone, address, email } = command;
      return [{ type: 'CustomerFileUpdated', data: { customerId: context.id }, personal: words(state.subject, { name, phone, address, email }) }];
    }
    case 'GradeCustomer': return command.grade === state.grade ? []
      : [{ type: 'CustomerGraded', data: { customerId: context.id, grade: command.grade } }];
    default: return unreachable(command);
  }
}

/** `customer` is part of every stream name. */
export const customer = timedAggregate({
  name: 'customer', initial: noCustomer, decide, evolve, clocks: [], formats: customerEvents, stage: (state) => state.stage,
});
