import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { BlockedLotBuyerFound, EventOf, SalesBlockLifted, SalesBlockPlaced } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { stopSale } from '../stop-sale/stop-sale.decide.js';

/** P002A-22, P002A-23, P002A-15: the registry knows who bought the lot. */
@Controller()
export class WhenSalesBlockMovedTellTheOtherBuyers {
  @EventPattern('registry.SalesBlockPlaced')
  placed(@Payload() event: Opened<EventOf<typeof SalesBlockPlaced>>): Reaction {
    const { productCode, lot, buyers } = event.data;
    return order(stopSale, lotId(productCode, lot), { type: 'SendStopSaleNotices', buyers });
  }

  @EventPattern('registry.BlockedLotBuyerFound')
  found(@Payload() event: Opened<EventOf<typeof BlockedLotBuyerFound>>): Reaction {
    const { productCode, lot, customerId } = event.data;
    return order(stopSale, lotId(productCode, lot), { type: 'SendStopSaleNotices', buyers: [customerId] });
  }

  @EventPattern('registry.SalesBlockLifted')
  lifted(@Payload() event: Opened<EventOf<typeof SalesBlockLifted>>): Reaction {
    const { productCode, lot } = event.data;
    return order(stopSale, lotId(productCode, lot), { type: 'SendResumeSaleNotices' });
  }
}
