import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, QualityVerdictReached } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

@Controller()
export class WhenQualityVerdictReachedNoteItOnTheComplaint {
  @EventPattern('quality.QualityVerdictReached')
  react(@Payload() event: Opened<EventOf<typeof QualityVerdictReached>>): Reaction {
    return order(complaint, event.data.caseId, {
      type: 'NoteQualityVerdict', verdict: event.data.verdict, investigationId: event.data.caseId,
      finding: event.personal?.fields['finding'] ?? '', round: event.data.round,
    });
  }
}
