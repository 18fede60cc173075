import { lotNoteEvents, type LotNoteEvent } from 'aftercare/contracts';
import type { Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noLot, type LotNoteCommand, type LotNoteState } from './lot-note.js';

export function decide({ productCode, lot, expiresOn }: LotNoteCommand, state: LotNoteState): Decision<LotNoteEvent> {
  if (state.stage === 'noted' && state.expiresOn === expiresOn) return [];
  return [{ type: 'LotExpiryNoted', data: { productCode, lot, expiresOn } }];
}

/** `lotNote` is part of every stream name: renaming it would make every expiry date unknown. */
export const lotNote = timedAggregate({
  name: 'lotNote', initial: noLot, decide, evolve, clocks: [], formats: lotNoteEvents, stage: (state) => state.stage,
});
