import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, HandlingPlanFixed } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { returns } from '../return/return.decide.js';

/** P000-32, P002B-14. One return per round of a case; a plan that moves no goods asks nothing of logistics. */
@Controller()
export class WhenHandlingPlanFixedRequestTheReturn {
  @EventPattern('intake.HandlingPlanFixed')
  react(@Payload() event: Opened<EventOf<typeof HandlingPlanFixed>>): Reaction {
    const { caseId, round, customerId, class: kind, remedies, goods, verdict, compensation } = event.data;
    const exchange = remedies.includes('exchange') || remedies.includes('mail-back-exchange');
    if (!exchange && !remedies.includes('return')) return undefined;
    return order(returns, `${caseId}.${round}`, {
      type: 'RequestReturnForCase', caseId, round, subject: event.personal?.subject ?? null, customerId,
      reason: kind === 'product-quality' ? 'quality' : 'other', kind: exchange ? 'exchange' : 'return', goods, verdict, compensation,
    });
  }
}
