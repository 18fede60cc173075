import type { CallbackCommands, CallbackEvent, CommandOf } from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type CallbackCommand = CommandOf<CallbackCommands>;

interface Facts {
  readonly subject: string;
  readonly customerId: string | null;
  /** Last round whose outcome the customer was told; 0 before the first. */
  readonly round: number;
}

export type CallbackState =
  | { readonly stage: 'none' }
  | (Facts & { readonly stage: 'expected' })
  | (Facts & { readonly stage: 'scheduled'; readonly attempts: number })
  /** Until the next round. */
  | (Facts & { readonly stage: 'completed' })
  | (Facts & { readonly stage: 'abandoned' })
  | (Facts & { readonly stage: 'withdrawn' });

export const noCallback: CallbackState = { stage: 'none' };

export function evolve(state: CallbackState, event: CallbackEvent): CallbackState {
  if (event.type === 'CallbackExpected') {
    const { subject, customerId } = event.data;
    return { stage: 'expected', subject, customerId, round: 0 };
  }
  if (state.stage === 'none') return state;
  const { subject, customerId, round } = state;
  switch (event.type) {
    case 'CallbackScheduled': return { stage: 'scheduled', subject, customerId, round: event.data.round, attempts: 0 };
    case 'CallbackAttempted': return state.stage === 'scheduled' ? { ...state, attempts: event.data.attempt } : state;
    case 'CallbackCompleted': return { stage: 'completed', subject, customerId, round };
    case 'CallbackAbandoned': return { stage: 'abandoned', subject, customerId, round };
    case 'CallbackWithdrawn': return { stage: 'withdrawn', subject, customerId, round };
    case 'SatisfactionRecorded': return state;
  }
}

/** P000-35 gives no interval; where a company does, it counts from the moment the customer was told, anew in every round. */
export const callbackClocks: ClockTable<CallbackEvent, CallbackState> = [
  { clock: 'callback.after_resolution', starts: ['CallbackScheduled'], meets: ['CallbackCompleted'],
    from: (event) => (event.type === 'CallbackScheduled' ? event.data.communicatedAt : undefined),
    drops: ['CallbackScheduled', 'CallbackAbandoned', 'CallbackWithdrawn'] },
];
