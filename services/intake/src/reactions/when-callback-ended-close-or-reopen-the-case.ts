import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CallbackAbandoned, EventOf, SatisfactionRecorded } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

@Controller()
export class WhenCallbackEndedCloseOrReopenTheCase {
  @EventPattern('surveys.SatisfactionRecorded')
  recorded(@Payload() event: Opened<EventOf<typeof SatisfactionRecorded>>): Reaction {
    const { caseId, round, outcome } = event.data;
    return order(complaint, caseId, {
      type: 'NoteSatisfaction', outcome, callbackId: idOf(event.stream), remark: event.personal?.fields['remark'] ?? null, round,
    });
  }

  @EventPattern('surveys.CallbackAbandoned')
  abandoned(@Payload() event: Opened<EventOf<typeof CallbackAbandoned>>): Reaction {
    const { caseId, round } = event.data;
    return order(complaint, caseId, {
      type: 'NoteSatisfaction', outcome: 'unreachable', callbackId: idOf(event.stream), remark: event.personal?.fields['note'] ?? null, round,
    });
  }
}
