import { inquiryEvents, type InquiryEvent, type ReceiveInquiry } from 'aftercare/contracts';
import { unreachable, words, wrongStage, type Decision, type DecisionContext } from 'aftercare/kernel';
import { timedAggregate, type PolicySet } from 'aftercare/policy';
import { evolve, inquiryClocks, noInquiry, type InquiryCommand, type InquiryState } from './inquiry.js';
import { aReplyIsReviewedByAnotherPerson } from './rules/a-reply-is-reviewed-by-another-person.js';

type Context = DecisionContext<PolicySet>;

export function decide(command: InquiryCommand, state: InquiryState, context: Context): Decision<InquiryEvent> {
  switch (state.stage) {
    case 'new': return command.type === 'ReceiveInquiry' ? receive(command, context) : wrongStage(command.type, 'new');
    case 'received': return whileReceived(command, state, context);
    case 'drafted': return whileDrafted(command, state, context);
    case 'reviewed': return command.type === 'SendReply'
      ? [{ type: 'InquiryAnswered', data: { draft: state.draft } }] : wrongStage(command.type, 'reviewed');
    case 'answered': return wrongStage(command.type, 'answered');
    default: return unreachable(state);
  }
}

function receive(command: ReceiveInquiry, context: Context): Decision<InquiryEvent> {
  const { channel, awareAt, customerId, productName, inquirer, phone, address, email, question } = command;
  const subject = context.freshId;
  return [{
    type: 'InquiryReceived',
    data: { channel, awareAt, subject, customerId: customerId ?? null, productName: productName ?? null, firstContactOwner: context.actor.id },
    personal: words(subject, { inquirer, phone, address, email, question }),
  }];
}

function whileReceived(command: InquiryCommand, state: Extract<InquiryState, { stage: 'received' }>, context: Context): Decision<InquiryEvent> {
  switch (command.type) {
    case 'TransferInquiry': return [{ type: 'InquiryTransferred', data: { to: command.to }, personal: words(state.subject, { why: command.why }) }];
    case 'DraftReply': return [{
      type: 'ReplyDrafted', data: { draft: context.freshId, author: context.actor.id }, personal: words(state.subject, { reply: command.reply }),
    }];
    default: return wrongStage(command.type, 'received');
  }
}

/** A refused draft sends the inquiry back; the next draft is a new one. */
function whileDrafted(command: InquiryCommand, state: Extract<InquiryState, { stage: 'drafted' }>, context: Context): Decision<InquiryEvent> {
  if (command.type !== 'ReviewReply') return wrongStage(command.type, 'drafted');
  return aReplyIsReviewedByAnotherPerson(state.author, context.actor) ?? [{
    type: 'ReplyReviewed', data: { draft: state.draft, accepted: command.accepted }, personal: words(state.subject, { remark: command.remark }),
  }];
}

/** `inquiry` is part of every stream name. */
export const inquiry = timedAggregate({
  name: 'inquiry', numbered: 'INQ', initial: noInquiry, decide, evolve, clocks: inquiryClocks, formats: inquiryEvents, stage: (state) => state.stage,
});
