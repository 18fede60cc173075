import type { CommandOf, InquiryCommands, InquiryEvent } from 'aftercare/contracts';
import type { ClockTable } from 'aftercare/policy';

export type InquiryCommand = CommandOf<InquiryCommands>;

interface Facts {
  readonly subject: string;
  readonly firstContactOwner: string;
  readonly transferredTo: string | null;
}
interface Drafted extends Facts {
  readonly draft: string;
  readonly author: string;
}

export type InquiryState =
  | { readonly stage: 'new' }
  | (Facts & { readonly stage: 'received' })
  | (Drafted & { readonly stage: 'drafted' })
  | (Drafted & { readonly stage: 'reviewed' })
  | (Facts & { readonly stage: 'answered' });

export const noInquiry: InquiryState = { stage: 'new' };

export function evolve(state: InquiryState, event: InquiryEvent): InquiryState {
  if (event.type === 'InquiryReceived') {
    const { subject, firstContactOwner } = event.data;
    return { stage: 'received', subject, firstContactOwner, transferredTo: null };
  }
  if (state.stage === 'new') return state;
  const { subject, firstContactOwner, transferredTo } = state;
  const facts = { subject, firstContactOwner, transferredTo };
  switch (event.type) {
    case 'InquiryTransferred': return { ...facts, stage: 'received', transferredTo: event.data.to };
    case 'ReplyDrafted': return { ...facts, stage: 'drafted', draft: event.data.draft, author: event.data.author };
    case 'ReplyReviewed':
      if (state.stage !== 'drafted') return state;
      return event.data.accepted ? { ...state, stage: 'reviewed' } : { ...facts, stage: 'received' };
    case 'InquiryAnswered': return { ...facts, stage: 'answered' };
  }
}

/** `inquiry.reply` (P001E-13), `inquiry.transfer` (P000-23) and `inquiry.complex_reply` (P000-24) have no value in any source: unset. */
export const inquiryClocks: ClockTable<InquiryEvent, InquiryState> = [];
