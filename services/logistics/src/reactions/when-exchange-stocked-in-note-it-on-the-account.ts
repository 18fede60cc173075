import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ReturnStockedIn } from 'aftercare/contracts';
import { idOf, customerIdFrom, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { tradingAccount } from '../trading-account/trading-account.decide.js';

/** P002B-16, P002B-31: an exchange counts against the customer's rate once the goods are in the warehouse. */
@Controller()
export class WhenExchangeStockedInNoteItOnTheAccount {
  @EventPattern('logistics.ReturnStockedIn')
  react(@Payload() event: Opened<EventOf<typeof ReturnStockedIn>>): Reaction {
    const { customerId, kind, quantity } = event.data;
    if (kind !== 'exchange' || customerId === null) return undefined;
    return order(tradingAccount, customerIdFrom(customerId), { type: 'NoteExchange', customerId, quantity, returnId: idOf(event.stream) });
  }
}
