import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ResolutionCommunicated } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { callback } from '../callback/callback.decide.js';

/** P000-35, once in every round. An unfounded complaint was handled by saying so; there is nothing to be content with. */
@Controller()
export class WhenOutcomeCommunicatedScheduleTheCallback {
  @EventPattern('intake.ResolutionCommunicated')
  react(@Payload() event: Opened<EventOf<typeof ResolutionCommunicated>>): Reaction {
    const { caseId, round, unfounded } = event.data;
    return unfounded ? undefined : order(callback, caseId, { type: 'ScheduleCallback', round, communicatedAt: event.occurredAt });
  }
}
