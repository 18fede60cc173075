import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, StopSaleOrdered } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { warehouseHold } from '../warehouse-hold/warehouse-hold.decide.js';

/** P002A-21. */
@Controller()
export class WhenStopSaleOrderedHoldTheLot {
  @EventPattern('quality.StopSaleOrdered')
  react(@Payload() event: Opened<EventOf<typeof StopSaleOrdered>>): Reaction {
    const { productCode, lot, caseId } = event.data;
    return order(warehouseHold, lotId(productCode, lot), { type: 'PlaceHold', productCode, lot, caseId });
  }
}
