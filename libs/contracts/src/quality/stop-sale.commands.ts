import { Word } from '../shared/command-parts.js';
import type { ReleaseGround } from './stop-sale.events.js';

/** A buyer said that the notice arrived. */
export class AcknowledgeNotice { @Word() customerId!: string }

interface Lot { readonly productCode: string; readonly lot: string }

/** Commands given by reactions only; no route leads to them. */
export interface HoldLot extends Lot { readonly caseId: string; readonly customerId: string | null }
export interface ConfirmStopSale extends Lot { readonly caseId: string; readonly customerId: string | null }
/** `foundAt`: when it was found that this case gives no reason to hold the lot. */
export interface RemoveHoldGround { readonly caseId: string; readonly foundAt: string; readonly why: ReleaseGround }
export interface SendStopSaleNotices { readonly buyers: readonly string[] }
/** To everybody who was told to stop; who bought the lot meanwhile need not hear of a block that is over. */
export type SendResumeSaleNotices = object;
export interface NoteWarehouseHold { readonly held: boolean }

export interface StopSaleCommands {
  HoldLot: HoldLot;
  ConfirmStopSale: ConfirmStopSale;
  RemoveHoldGround: RemoveHoldGround;
  SendStopSaleNotices: SendStopSaleNotices;
  SendResumeSaleNotices: SendResumeSaleNotices;
  NoteWarehouseHold: NoteWarehouseHold;
  AcknowledgeNotice: AcknowledgeNotice;
}
