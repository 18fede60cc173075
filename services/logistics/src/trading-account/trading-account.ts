import type { CommandOf, TradingAccountCommands, TradingAccountEvent } from 'aftercare/contracts';

export type TradingAccountCommand = CommandOf<TradingAccountCommands>;

export interface TradingAccountState {
  readonly stage: 'new' | 'open';
  /** Pieces of all articles. */
  readonly bought: number;
  /** Stocked in. */
  readonly exchanged: number;
  /** Approved and not stocked in yet, by return id. */
  readonly reserved: Readonly<Record<string, number>>;
  /** Returns whose exchange is in `exchanged`: an approval that is heard after the stock-in must not reserve anew. */
  readonly noted: readonly string[];
  /** Last purchase by article. */
  readonly lastBoughtOn: Readonly<Record<string, string>>;
}

export const noAccount: TradingAccountState = { stage: 'new', bought: 0, exchanged: 0, reserved: {}, noted: [], lastBoughtOn: {} };

export function evolve(state: TradingAccountState, event: TradingAccountEvent): TradingAccountState {
  switch (event.type) {
    case 'PurchaseNoted': {
      const { productCode, quantity, soldOn } = event.data;
      const known = lastPurchaseOf(productCode, state);
      // Sales may be entered late and out of order; an old one does not move the window back.
      const last = known !== null && known > soldOn ? known : soldOn;
      return { ...state, stage: 'open', bought: state.bought + quantity, lastBoughtOn: { ...state.lastBoughtOn, [productCode]: last } };
    }
    case 'ExchangeNoted': {
      const { quantity, returnId } = event.data;
      return { ...state, stage: 'open', exchanged: state.exchanged + quantity, noted: [...state.noted, returnId] };
    }
    case 'ExchangeReserved': {
      const { quantity, returnId } = event.data;
      return { ...state, stage: 'open', reserved: { ...state.reserved, [returnId]: quantity } };
    }
    case 'ExchangeReleased': {
      const { [event.data.returnId]: _given, ...reserved } = state.reserved;
      return { ...state, reserved };
    }
    default: return state;
  }
}

/** What counts against the rate when one return is judged: everything but what is reserved for that return itself. */
export function exchangedBeside(returnId: string, { exchanged, reserved }: TradingAccountState): number {
  return Object.entries(reserved).reduce((sum, [id, quantity]) => (id === returnId ? sum : sum + quantity), exchanged);
}

export function lastPurchaseOf(productCode: string | null, { lastBoughtOn }: TradingAccountState): string | null {
  return productCode !== null && Object.hasOwn(lastBoughtOn, productCode) ? lastBoughtOn[productCode] ?? null : null;
}
