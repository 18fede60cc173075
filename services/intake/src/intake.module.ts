import { defineDepartment } from 'aftercare/service-host';
import { ComplaintImportController } from './complaint/complaint-import.controller.js';
import { ComplaintController } from './complaint/complaint.controller.js';
import { complaint } from './complaint/complaint.decide.js';
import { complaintView } from './complaint/complaint.view.js';
import { WhenCallbackEndedCloseOrReopenTheCase } from './reactions/when-callback-ended-close-or-reopen-the-case.js';
import { WhenCompensationDecidedSettleTheRemedy } from './reactions/when-compensation-decided-settle-the-remedy.js';
import { WhenQualityVerdictReachedNoteItOnTheComplaint } from './reactions/when-quality-verdict-reached-note-it-on-the-complaint.js';
import { WhenReturnEndedSettleTheRemedy } from './reactions/when-return-ended-settle-the-remedy.js';
import { WhenTechnicalReplyGivenNoteItOnTheComplaint } from './reactions/when-technical-reply-given-note-it-on-the-complaint.js';

/** 受理 */
export const intake = defineDepartment({
  name: 'intake',
  aggregates: [complaint],
  views: [complaintView],
  controllers: [ComplaintController, ComplaintImportController],
  reactions: [
    WhenQualityVerdictReachedNoteItOnTheComplaint, WhenTechnicalReplyGivenNoteItOnTheComplaint, WhenReturnEndedSettleTheRemedy,
    WhenCompensationDecidedSettleTheRemedy, WhenCallbackEndedCloseOrReopenTheCase,
  ],
});
