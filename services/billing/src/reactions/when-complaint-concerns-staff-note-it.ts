import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintClassified, ComplaintValidityDetermined, DeadlineBreached, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { conduct } from '../conduct/conduct.decide.js';

/** P003-38, P001E-45: who is complained of, whether it is valid, and what was carried out late; of every other case nothing is kept. */
@Controller()
export class WhenComplaintConcernsStaffNoteIt {
  @EventPattern('intake.ComplaintClassified')
  classified(@Payload() event: Opened<EventOf<typeof ComplaintClassified>>): Reaction {
    const { complainedOf, awareAt } = event.data;
    if (complainedOf === null) return undefined;
    return order(conduct, idOf(event.stream), { type: 'NoteComplainedOf', person: complainedOf, awareAt, event: event.id });
  }

  @EventPattern('intake.ComplaintValidityDetermined')
  validity(@Payload() event: Opened<EventOf<typeof ComplaintValidityDetermined>>): Reaction {
    if (!event.data.valid) return undefined;
    return order(conduct, idOf(event.stream), { type: 'NoteValidity', valid: true, event: event.id });
  }

  @EventPattern('intake.DeadlineBreached')
  breached(@Payload() event: Opened<EventOf<typeof DeadlineBreached>>): Reaction {
    const { clock, dueAt } = event.data;
    if (!event.stream.startsWith('complaint-') || !clock.endsWith('/complaint.implement')) return undefined;
    return order(conduct, idOf(event.stream), { type: 'NoteLateImplementation', clock, dueAt, event: event.id });
  }
}
