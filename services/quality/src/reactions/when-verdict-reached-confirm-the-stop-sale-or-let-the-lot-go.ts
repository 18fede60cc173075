import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, InvestigationWithdrawn, QualityVerdictReached } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { stopSale } from '../stop-sale/stop-sale.decide.js';

@Controller()
export class WhenVerdictReachedConfirmTheStopSaleOrLetTheLotGo {
  @EventPattern('quality.QualityVerdictReached')
  reached(@Payload() event: Opened<EventOf<typeof QualityVerdictReached>>): Reaction {
    const { caseId, customerId, goods, verdict } = event.data;
    if (!goods?.productCode || !goods.lot) return undefined;
    const { productCode, lot } = goods;
    return order(stopSale, lotId(productCode, lot), verdict === 'nonconforming'
      ? { type: 'ConfirmStopSale', productCode, lot, caseId, customerId }
      : { type: 'RemoveHoldGround', caseId, foundAt: event.occurredAt, why: 'found-conforming' });
  }

  @EventPattern('quality.InvestigationWithdrawn')
  withdrawn(@Payload() event: Opened<EventOf<typeof InvestigationWithdrawn>>): Reaction {
    const { caseId, goods } = event.data;
    if (!goods?.productCode || !goods.lot) return undefined;
    return order(stopSale, lotId(goods.productCode, goods.lot), {
      type: 'RemoveHoldGround', caseId, foundAt: event.occurredAt, why: 'complaint-withdrawn',
    });
  }
}
