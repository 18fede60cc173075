import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ReturnStockedIn } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { approval } from '../approval/approval.decide.js';

/**
 * P002B-25. The last signer stands as requester only until the plan is known, and for good where goods came back
 * without a complaint.
 */
@Controller()
export class WhenReturnStockedInProposeTheCompensation {
  @EventPattern('logistics.ReturnStockedIn')
  react(@Payload() event: Opened<EventOf<typeof ReturnStockedIn>>): Reaction {
    const { caseId, round, customerId, compensation } = event.data;
    if (compensation === null) return undefined;
    const returnId = idOf(event.stream);
    return order(approval, caseId === null ? returnId : `${caseId}.${round}`, {
      type: 'ProposeCompensation', caseId, round, customerId, amount: compensation, requester: event.actor.id, returnId,
      subject: event.personal?.subject ?? null, grounds: null,
    });
  }
}
