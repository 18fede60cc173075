import { defineDepartment, WhenPolicyAdoptedNoteIt } from 'aftercare/service-host';
import { ComplaintImportController } from './complaint/complaint-import.controller.js';
import { ComplaintController } from './complaint/complaint.controller.js';
import { complaint } from './complaint/complaint.decide.js';
import { complaintView } from './complaint/complaint.view.js';
import { InquiryController } from './inquiry/inquiry.controller.js';
import { inquiry } from './inquiry/inquiry.decide.js';
import { inquiryView } from './inquiry/inquiry.view.js';
import { WhenApprovalLapsedSettleTheRemedy } from './reactions/when-approval-lapsed-settle-the-remedy.js';
import { WhenCallbackEndedCloseOrReopenTheCase } from './reactions/when-callback-ended-close-or-reopen-the-case.js';
import { WhenCompensationDecidedSettleTheRemedy } from './reactions/when-compensation-decided-settle-the-remedy.js';
import { WhenQualityVerdictReachedNoteItOnTheComplaint } from './reactions/when-quality-verdict-reached-note-it-on-the-complaint.js';
import { WhenReturnEndedSettleTheRemedy } from './reactions/when-return-ended-settle-the-remedy.js';
import { WhenTechnicalReplyGivenNoteItOnTheComplaint } from './reactions/when-technical-reply-given-note-it-on-the-complaint.js';
import { WhenSomethingIsOpenedForACaseLookWhetherThereIsOne } from './reactions/when-something-is-opened-for-a-case-look-whether-there-is-one.js';
import { SuggestionController } from './suggestion/suggestion.controller.js';
import { suggestion } from './suggestion/suggestion.decide.js';
import { suggestionView } from './suggestion/suggestion.view.js';

/** 受理 */
export const intake = defineDepartment({
  name: 'intake', module: import.meta.url,
  aggregates: [complaint, inquiry, suggestion],
  views: [complaintView, inquiryView, suggestionView],
  controllers: [ComplaintController, ComplaintImportController, InquiryController, SuggestionController],
  reactions: [WhenPolicyAdoptedNoteIt,
    WhenQualityVerdictReachedNoteItOnTheComplaint, WhenTechnicalReplyGivenNoteItOnTheComplaint, WhenReturnEndedSettleTheRemedy,
    WhenCompensationDecidedSettleTheRemedy, WhenCallbackEndedCloseOrReopenTheCase, WhenApprovalLapsedSettleTheRemedy,
    WhenSomethingIsOpenedForACaseLookWhetherThereIsOne,
  ],
});
