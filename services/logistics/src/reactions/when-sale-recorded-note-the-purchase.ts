import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, SaleRecorded } from 'aftercare/contracts';
import { customerIdFrom, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { tradingAccount } from '../trading-account/trading-account.decide.js';

/** P002B-16: what a customer bought is the base of the exchange rate. */
@Controller()
export class WhenSaleRecordedNoteThePurchase {
  @EventPattern('registry.SaleRecorded')
  react(@Payload() event: Opened<EventOf<typeof SaleRecorded>>): Reaction {
    const { customerId, productCode, quantity, soldOn } = event.data;
    return order(tradingAccount, customerIdFrom(customerId), { type: 'NotePurchase', customerId, productCode, quantity, soldOn });
  }
}
