import { tradingAccountEvents, type TradingAccountEvent } from 'aftercare/contracts';
import { unreachable, type Decision } from 'aftercare/kernel';
import { timedAggregate } from 'aftercare/policy';
import { evolve, noAccount, type TradingAccountCommand } from './trading-account.js';

/** Facts only. A fact told twice arrives under the same command id and is not decided on again. */
export function decide(command: TradingAccountCommand): Decision<TradingAccountEvent> {
  switch (command.type) {
    case 'NotePurchase': {
      const { customerId, productCode, quantity, soldOn } = command;
      return [{ type: 'PurchaseNoted', data: { customerId, productCode, quantity, soldOn } }];
    }
    case 'NoteExchange': {
      const { customerId, quantity, returnId } = command;
      return [{ type: 'ExchangeNoted', data: { customerId, quantity, returnId } }];
    }
    default: return unreachable(command);
  }
}

/** `tradingAccount` is part of every stream name: renaming it would set every exchange rate back to nothing. */
export const tradingAccount = timedAggregate({
  name: 'tradingAccount', initial: noAccount, decide, evolve, clocks: [], formats: tradingAccountEvents, stage: (state) => state.stage,
});
