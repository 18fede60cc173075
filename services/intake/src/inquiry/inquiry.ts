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

/** P001E-13, P000-23, P000-24: no source gives a value, so each of them runs only where a company has filled it. */
export const inquiryClocks: ClockTable<InquiryEvent, InquiryState> = [
  { clock: 'inquiry.reply', starts: ['InquiryReceived'], meets: ['InquiryAnswered'],
    from: (event) => (event.type === 'InquiryReceived' ? event.data.awareAt : undefined) },
  // Whoever drafts the reply has not found the question too complex.
  { clock: 'inquiry.transfer', starts: ['InquiryReceived'], meets: ['InquiryTransferred'], drops: ['ReplyDrafted'] },
  { clock: 'inquiry.complex_reply', starts: ['InquiryTransferred'], meets: ['InquiryAnswered'] },
];
