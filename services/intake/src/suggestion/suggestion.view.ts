import type { SuggestionEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type SuggestionRow = {
  readonly number: string; readonly stage: string; readonly heardAt: string; readonly decision: string | null; readonly personal: SealedTexts | null;
};

export const suggestionView: View<SuggestionRow, SuggestionEvent> = defineView<SuggestionRow, SuggestionEvent>({
  name: 'suggestion', shape: 1,
  columns: { number: 'text', stage: 'text', heardAt: 'text', decision: 'text', personal: 'json' },
  indexed: ['number', 'stage', 'heardAt'],
  key: (event) => (event.stream.startsWith('suggestion-') ? idOf(event.stream) : null),
  fold(row, event) {
    switch (event.type) {
      case 'SuggestionReceived': return {
        number: caseNumber('SUG', idOf(event.stream)), stage: 'received', heardAt: event.data.heardAt, decision: null, personal: sealedTexts(event),
      };
      case 'SuggestionForwarded': return row && { ...row, stage: 'forwarded' };
      case 'SuggestionAnswered': return row && { ...row, stage: 'answered', decision: event.data.decision };
      default: return row;
    }
  },
});
