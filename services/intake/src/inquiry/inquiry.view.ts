import type { InquiryEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type InquiryRow = {
  readonly number: string; readonly stage: string; readonly firstContactOwner: string; readonly transferredTo: string | null;
  readonly customerId: string | null; readonly awareAt: string; readonly personal: SealedTexts | null;
};

/** Inquiry record (咨询记录, P000-21). */
export const inquiryView: View<InquiryRow, InquiryEvent> = defineView<InquiryRow, InquiryEvent>({
  name: 'inquiry', shape: 1,
  columns: {
    number: 'text', stage: 'text', firstContactOwner: 'text', transferredTo: 'text', customerId: 'text', awareAt: 'text', personal: 'json',
  },
  indexed: ['number', 'stage', 'awareAt', 'transferredTo'],
  key: (event) => (event.stream.startsWith('inquiry-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'InquiryReceived') {
      const { firstContactOwner, customerId, awareAt } = event.data;
      return {
        number: caseNumber('INQ', idOf(event.stream)), stage: 'received', firstContactOwner, transferredTo: null, customerId, awareAt,
        personal: sealedTexts(event),
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'InquiryTransferred': return { ...row, stage: 'received', transferredTo: event.data.to };
      case 'ReplyDrafted': return { ...row, stage: 'drafted' };
      case 'ReplyReviewed': return { ...row, stage: event.data.accepted ? 'reviewed' : 'received' };
      case 'InquiryAnswered': return { ...row, stage: 'answered' };
      default: return row;
    }
  },
});
