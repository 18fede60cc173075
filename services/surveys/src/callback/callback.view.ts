import type { CallbackEvent } from 'aftercare/contracts';
import { caseNumber, idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';
import { sealedTexts, type SealedTexts } from 'aftercare/service-host';

export type CallbackRow = {
  readonly number: string;
  readonly stage: string;
  /** Last round whose outcome the customer was told; 0 before the first. */
  readonly round: number;
  readonly customerId: string | null;
  readonly awareAt: string;
  readonly communicatedAt: string | null;
  readonly attempts: number;
  /** Whom to call, sealed. */
  readonly personal: SealedTexts | null;
};

/** Whom to call next (待回访, P000-35); the longest waiting first when ordered by `communicatedAt`. */
export const callbackView: View<CallbackRow, CallbackEvent> = defineView<CallbackRow, CallbackEvent>({
  name: 'callback',
  shape: 1,
  columns: {
    number: 'text', stage: 'text', round: 'integer', customerId: 'text', awareAt: 'text', communicatedAt: 'text', attempts: 'integer', personal: 'json',
  },
  indexed: ['communicatedAt', 'stage', 'number'],
  key: (event) => (event.stream.startsWith('callback-') ? idOf(event.stream) : null),
  fold(row, event) {
    if (event.type === 'CallbackExpected') {
      const { customerId, awareAt } = event.data;
      return {
        number: caseNumber('CMP', idOf(event.stream)), stage: 'expected', round: 0, customerId, awareAt, communicatedAt: null, attempts: 0,
        personal: sealedTexts(event),
      };
    }
    if (!row) return row;
    switch (event.type) {
      case 'CallbackScheduled': {
        const { round, communicatedAt } = event.data;
        return { ...row, stage: 'scheduled', round, communicatedAt, attempts: 0 };
      }
      case 'CallbackAttempted': return { ...row, attempts: event.data.attempt };
      case 'CallbackCompleted': return { ...row, stage: 'completed' };
      case 'CallbackAbandoned': return { ...row, stage: 'abandoned' };
      case 'CallbackWithdrawn': return { ...row, stage: 'withdrawn' };
      default: return row;
    }
  },
});
