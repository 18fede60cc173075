import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { DeadlineBreached, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { approval } from '../approval/approval.decide.js';

/** P001A-04: the watch records the breach once, and the approval lapses once; until then nobody can sign any more. */
@Controller()
export class WhenApprovalExpiredLetItLapse {
  @EventPattern('billing.DeadlineBreached')
  react(@Payload() event: Opened<EventOf<typeof DeadlineBreached>>): Reaction {
    if (!event.stream.startsWith('approval-') || event.data.clock !== 'approval.expiry') return undefined;
    return order(approval, idOf(event.stream), { type: 'LapseApproval' });
  }
}
