import { eventType, exactly, flag, id, instant, oneOf, orNull, text, type EventsOf } from '../event-type.js';
import { CHANNELS } from '../shared/vocabulary.js';

export const InquiryReceived = eventType('InquiryReceived', 1, exactly({
  channel: oneOf(CHANNELS), awareAt: instant, subject: id, customerId: orNull(id), productName: orNull(text), firstContactOwner: id,
}), ['inquirer', 'phone', 'address', 'email', 'question']);
export const InquiryTransferred = eventType('InquiryTransferred', 1, exactly({ to: id }), ['why']);
export const ReplyDrafted = eventType('ReplyDrafted', 1, exactly({ draft: id, author: id }), ['reply']);
/** P000-25: by another person than the author. */
export const ReplyReviewed = eventType('ReplyReviewed', 1, exactly({ draft: id, accepted: flag }), ['remark']);
export const InquiryAnswered = eventType('InquiryAnswered', 1, exactly({ draft: id }));

export const inquiryEvents = { InquiryReceived, InquiryTransferred, ReplyDrafted, ReplyReviewed, InquiryAnswered };
export type InquiryEvent = EventsOf<typeof inquiryEvents>;
