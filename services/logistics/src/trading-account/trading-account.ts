import type { CommandOf, TradingAccountCommands, TradingAccountEvent } from 'aftercare/contracts';

export type TradingAccountCommand = CommandOf<TradingAccountCommands>;

export interface TradingAccountState {
  readonly stage: 'new' | 'open';
  /** Pieces of all articles. */
  readonly bought: number;
  readonly exchanged: number;
  /** Last purchase by article. */
  readonly lastBoughtOn: Readonly<Record<string, string>>;
}

export const noAccount: TradingAccountState = { stage: 'new', bought: 0, exchanged: 0, lastBoughtOn: {} };

export function evolve(state: TradingAccountState, event: TradingAccountEvent): TradingAccountState {
  switch (event.type) {
    case 'PurchaseNoted': {
      const { productCode, quantity, soldOn } = event.data;
      const known = lastPurchaseOf(productCode, state);
      // Sales may be entered late and out of order; an old one does not move the window back.
      const last = known !== null && known > soldOn ? known : soldOn;
      return { ...state, stage: 'open', bought: state.bought + quantity, lastBoughtOn: { ...state.lastBoughtOn, [productCode]: last } };
    }
    case 'ExchangeNoted': return { ...state, stage: 'open', exchanged: state.exchanged + event.data.quantity };
    default: return state;
  }
}

export function lastPurchaseOf(productCode: string | null, { lastBoughtOn }: TradingAccountState): string | null {
  return productCode !== null && Object.hasOwn(lastBoughtOn, productCode) ? lastBoughtOn[productCode] ?? null : null;
}
