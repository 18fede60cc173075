import type { CommandOf, LotNoteCommands, LotNoteEvent } from 'aftercare/contracts';

export type LotNoteCommand = CommandOf<LotNoteCommands>;

export type LotNoteState =
  | { readonly stage: 'new' }
  | { readonly stage: 'noted'; readonly productCode: string; readonly lot: string; readonly expiresOn: string | null };

export const noLot: LotNoteState = { stage: 'new' };

export function evolve(state: LotNoteState, event: LotNoteEvent): LotNoteState {
  return event.type === 'LotExpiryNoted' ? { stage: 'noted', ...event.data } : state;
}
