/** Given by reactions only; no route leads to them. */
export interface NotePurchase {
  readonly customerId: string; readonly productCode: string; readonly quantity: number; readonly soldOn: string;
}
export interface ReserveExchange { readonly customerId: string; readonly quantity: number; readonly returnId: string }
export interface ReleaseExchange { readonly customerId: string; readonly returnId: string }
export interface NoteExchange { readonly customerId: string; readonly quantity: number; readonly returnId: string }
export interface NoteLotExpiry { readonly productCode: string; readonly lot: string; readonly expiresOn: string | null }

export interface TradingAccountCommands {
  NotePurchase: NotePurchase;
  ReserveExchange: ReserveExchange;
  ReleaseExchange: ReleaseExchange;
  NoteExchange: NoteExchange;
}
export interface LotNoteCommands { NoteLotExpiry: NoteLotExpiry }
