import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, StopSaleOrdered } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { lot } from '../lot/lot.decide.js';

/** P002A-22. The answer names every buyer, so that quality can warn them. */
@Controller()
export class WhenStopSaleOrderedBlockSales {
  @EventPattern('quality.StopSaleOrdered')
  react(@Payload() event: Opened<EventOf<typeof StopSaleOrdered>>): Reaction {
    const { productCode, lot: number, caseId } = event.data;
    return order(lot, lotId(productCode, number), { type: 'PlaceSalesBlock', productCode, lot: number, caseId });
  }
}
