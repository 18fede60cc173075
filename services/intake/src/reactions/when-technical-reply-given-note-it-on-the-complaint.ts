import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { AdverseReactionAnswered, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

@Controller()
export class WhenTechnicalReplyGivenNoteItOnTheComplaint {
  @EventPattern('quality.AdverseReactionAnswered')
  react(@Payload() event: Opened<EventOf<typeof AdverseReactionAnswered>>): Reaction {
    return order(complaint, event.data.caseId, {
      type: 'NoteTechnicalReply', reportId: event.data.caseId, reply: event.personal?.fields['reply'] ?? '', round: event.data.round,
    });
  }
}
