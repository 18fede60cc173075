import { refuse, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';

/** The smallest aggregate with a rule, a personal text and a clock: for tests of what surrounds deciders. */
export type CounterCommand = { readonly type: 'Add'; readonly by: number; readonly note?: string };
export type CounterEvent = { readonly type: 'ComplaintRegistered'; readonly data: { readonly by: number; readonly awareAt: string }; readonly personal?: { subject: string; fields: Record<string, string> } };
type CounterState = { readonly stage: 'new' | 'counting'; readonly sum: number };

export const counter = timedAggregate<CounterCommand, CounterState, CounterEvent>({
  name: 'counter', numbered: 'CMP',
  initial: { stage: 'new', sum: 0 },
  decide(command, state, { now, freshId }): Decision<CounterEvent> {
    if (state.sum + command.by > 100) return refuse('too-much', { zh: '太多', en: 'too much' }, { field: 'by' });
    if (command.by === 0) return [];
    return [{ type: 'ComplaintRegistered', data: { by: command.by, awareAt: now }, ...(command.note && { personal: { subject: freshId, fields: { note: command.note } } }) }];
  },
  evolve: (state, event) => ({ stage: 'counting', sum: state.sum + event.data.by }),
  clocks: [{ clock: 'complaint.first_contact', starts: ['ComplaintRegistered'], meets: [] }],
  // Its streams hold what the tests put into them and nothing else.
  keepsPolicy: false,
  formats: { ComplaintRegistered: { type: 'ComplaintRegistered', schema: 1 } },
  stage: (state) => state.stage,
});
