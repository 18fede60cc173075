import type { TradingAccountEvent } from 'aftercare/contracts';
import { idOf } from 'aftercare/kernel';
import { defineView, type View } from 'aftercare/projections';

export type TradingAccountRow = {
  readonly customerId: string;
  readonly bought: number;
  readonly exchanged: number;
  /** Approved and still under way; with `exchanged` it is what the next approval is judged by. */
  readonly reserved: number;
  /** Exchanged by bought, rounded up, so that whatever is above the limit also looks above it; null without a purchase. */
  readonly rateBasisPoints: number | null;
  readonly lastBoughtOn: string | null;
};

/** The exchange rate of every customer (P002B-11, P002B-31). */
export const tradingAccountView: View<TradingAccountRow, TradingAccountEvent> = defineView<TradingAccountRow, TradingAccountEvent>({
  name: 'trading_account',
  shape: 2,
  columns: { customerId: 'text', bought: 'integer', exchanged: 'integer', reserved: 'integer', rateBasisPoints: 'integer', lastBoughtOn: 'text' },
  indexed: ['customerId', 'rateBasisPoints', 'exchanged'],
  key: (event) => (event.stream.startsWith('tradingAccount-') ? idOf(event.stream) : null),
  fold(row, event) {
    const { customerId, quantity } = event.data;
    const known = row ?? { customerId, bought: 0, exchanged: 0, reserved: 0, lastBoughtOn: null };
    switch (event.type) {
      case 'ExchangeNoted': return rated({ ...known, exchanged: known.exchanged + quantity });
      case 'ExchangeReserved': return rated({ ...known, reserved: known.reserved + quantity });
      case 'ExchangeReleased': return rated({ ...known, reserved: known.reserved - quantity });
      case 'PurchaseNoted': {
        const { soldOn } = event.data;
        const lastBoughtOn = known.lastBoughtOn !== null && known.lastBoughtOn > soldOn ? known.lastBoughtOn : soldOn;
        return rated({ ...known, bought: known.bought + quantity, lastBoughtOn });
      }
      default: return row;
    }
  },
});

function rated(row: Omit<TradingAccountRow, 'rateBasisPoints'>): TradingAccountRow {
  return { ...row, rateBasisPoints: row.bought === 0 ? null : roundedUp(row.exchanged * 10_000, row.bought) };
}

/** Whole division without passing through a fraction. */
function roundedUp(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  return (dividend - rest) / divisor + (rest > 0 ? 1 : 0);
}
