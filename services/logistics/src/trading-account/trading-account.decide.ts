import { tradingAccountEvents, type TradingAccountEvent } from 'aftercare/contracts';
import { unreachable, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noAccount, type TradingAccountCommand, type TradingAccountState } from './trading-account.js';

/** Facts only. A fact told twice arrives under the same command id and is not decided on again. */
export function decide(command: TradingAccountCommand, state: TradingAccountState): Decision<TradingAccountEvent> {
  switch (command.type) {
    case 'NotePurchase': {
      const { customerId, productCode, quantity, soldOn } = command;
      return [{ type: 'PurchaseNoted', data: { customerId, productCode, quantity, soldOn } }];
    }
    case 'NoteExchange': {
      const { customerId, quantity, returnId } = command;
      return [...released(returnId, customerId, state), { type: 'ExchangeNoted', data: { customerId, quantity, returnId } }];
    }
    case 'ReserveExchange': {
      const { customerId, quantity, returnId } = command;
      if (state.noted.includes(returnId) || state.reserved[returnId] === quantity) return [];
      return [...released(returnId, customerId, state), { type: 'ExchangeReserved', data: { customerId, quantity, returnId } }];
    }
    case 'ReleaseExchange': return released(command.returnId, command.customerId, state);
    default: return unreachable(command);
  }
}

function released(returnId: string, customerId: string, { reserved }: TradingAccountState): TradingAccountEvent[] {
  const quantity = reserved[returnId];
  return quantity === undefined ? [] : [{ type: 'ExchangeReleased', data: { customerId, quantity, returnId } }];
}

/** `tradingAccount` is part of every stream name: renaming it would set every exchange rate back to nothing. */
export const tradingAccount = timedAggregate({
  name: 'tradingAccount', initial: noAccount, decide, evolve, clocks: [], formats: tradingAccountEvents, stage: (state) => state.stage,
});
