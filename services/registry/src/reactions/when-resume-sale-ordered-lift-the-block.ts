import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ResumeSaleOrdered } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { lot } from '../lot/lot.decide.js';

/** P002A-16. */
@Controller()
export class WhenResumeSaleOrderedLiftTheBlock {
  @EventPattern('quality.ResumeSaleOrdered')
  react(@Payload() event: Opened<EventOf<typeof ResumeSaleOrdered>>): Reaction {
    const { productCode, lot: number, caseId } = event.data;
    return order(lot, lotId(productCode, number), { type: 'LiftSalesBlock', caseId });
  }
}
