import type { InquiryEvent } from 'aftercare/contracts';
import { everyPair, given, NOW, SUBJECT_ID } from 'aftercare/testing';
import type { InquiryCommand } from './inquiry.js';
import { inquiry } from './inquiry.decide.js';

const received: InquiryEvent = {
  type: 'InquiryReceived',
  data: { channel: 'hotline', awareAt: NOW, subject: SUBJECT_ID, customerId: null, productName: null, firstContactOwner: 'u-1' },
};
const drafted: InquiryEvent = { type: 'ReplyDrafted', data: { draft: 'd-1', author: 'u-1' } };
const reviewed = (accepted: boolean): InquiryEvent => ({ type: 'ReplyReviewed', data: { draft: 'd-1', accepted } });
const answered: InquiryEvent = { type: 'InquiryAnswered', data: { draft: 'd-1' } };
const review: InquiryCommand = { type: 'ReviewReply', accepted: true };

describe('an inquiry', () => {
  it('P000-21 records question and contact as personal words', () => {
    const then = given(inquiry).when({ type: 'ReceiveInquiry', channel: 'e-mail', awareAt: NOW, inquirer: '李雷', email: 'l@example.org', question: '如何保存?' });
    expect(then.events[0]?.personal?.fields).toEqual({ inquirer: '李雷', email: 'l@example.org', question: '如何保存?' });
  });

  it('P000-25 a reply is reviewed by another person before it goes out', () => {
    expect(given(inquiry, received, drafted).when(review, { actor: { id: 'u-1', role: 'intake.reviewer' } }))
      .toMatchObject({ refused: 'separation-of-duties', rule: 'P000-25' });
    expect(given(inquiry, received, drafted).when(review, { actor: { id: 'u-2', role: 'intake.reviewer' } }).stage).toBe('reviewed');
    expect(given(inquiry, received, drafted).when({ type: 'SendReply' }).refused).toBe('wrong-stage');
    expect(given(inquiry, received, drafted, reviewed(true)).when({ type: 'SendReply' }).stage).toBe('answered');
  });

  it('P000-23 is handed over to a specialist, whose draft is reviewed like any other', () => {
    expect(given(inquiry, received).when({ type: 'TransferInquiry', to: 'r-and-d', why: 'complex' }).state.own).toMatchObject({ transferredTo: 'r-and-d' });
  });

  it('a refused draft sends the inquiry back for a new one', () => {
    expect(given(inquiry, received, drafted, reviewed(false)).when({ type: 'DraftReply', reply: 'better' }).stage).toBe('drafted');
  });

  it('answers every stage x command pair', () => {
    const stages = {
      new: [], received: [received], drafted: [received, { ...drafted, data: { draft: 'd-1', author: 'somebody else' } }],
      reviewed: [received, drafted, reviewed(true)], answered: [received, drafted, reviewed(true), answered],
    };
    const commands: InquiryCommand[] = [
      { type: 'ReceiveInquiry', channel: 'hotline', awareAt: NOW, inquirer: 'x', question: 'y' }, { type: 'TransferInquiry', to: 'x', why: 'y' },
      { type: 'DraftReply', reply: 'z' }, review, { type: 'SendReply' },
    ];
    expect(everyPair(inquiry, stages, commands)).toMatchInlineSnapshot(`
{
  "answered": {
    "DraftReply": "wrong-stage",
    "ReceiveInquiry": "wrong-stage",
    "ReviewReply": "wrong-stage",
    "SendReply": "wrong-stage",
    "TransferInquiry": "wrong-stage",
  },
  "drafted": {
    "DraftReply": "wrong-stage",
    "ReceiveInquiry": "wrong-stage",
    "ReviewReply": "ReplyReviewed",
    "SendReply": "wrong-stage",
    "TransferInquiry": "wrong-stage",
  },
  "new": {
    "DraftReply": "wrong-stage",
    "ReceiveInquiry": "InquiryReceived",
    "ReviewReply": "wrong-stage",
    "SendReply": "wrong-stage",
    "TransferInquiry": "wrong-stage",
  },
  "received": {
    "DraftReply": "ReplyDrafted",
    "ReceiveInquiry": "wrong-stage",
    "ReviewReply": "wrong-stage",
    "SendReply": "wrong-stage",
    "TransferInquiry": "InquiryTransferred",
  },
  "reviewed": {
    "DraftReply": "wrong-stage",
    "ReceiveInquiry": "wrong-stage",
    "ReviewReply": "wrong-stage",
    "SendReply": "InquiryAnswered",
    "TransferInquiry": "wrong-stage",
  },
}
`);
  });
});
