import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ResumeSaleOrdered } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { warehouseHold } from '../warehouse-hold/warehouse-hold.decide.js';

/** P002A-16. */
@Controller()
export class WhenResumeSaleOrderedReleaseTheLot {
  @EventPattern('quality.ResumeSaleOrdered')
  react(@Payload() event: Opened<EventOf<typeof ResumeSaleOrdered>>): Reaction {
    const { productCode, lot, caseId } = event.data;
    return order(warehouseHold, lotId(productCode, lot), { type: 'ReleaseHold', productCode, lot, caseId });
  }
}
