import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintClassified, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { investigation } from '../investigation/investigation.decide.js';

/** P002A-07, P002A-09, P000-28: at once, by the one department responsible. Another class ends what a former one began. */
@Controller()
export class WhenComplaintClassifiedInvestigateProductQuality {
  @EventPattern('intake.ComplaintClassified')
  react(@Payload() event: Opened<EventOf<typeof ComplaintClassified>>): Reaction {
    const { class: kind, caseId, round, customerId, locality, goods, awareAt } = event.data;
    if (kind !== 'product-quality') return order(investigation, caseId, { type: 'WithdrawInvestigation', why: 'reclassified' });
    return order(investigation, caseId, {
      type: 'OpenInvestigation', round, customerId, locality, goods, awareAt,
      subject: event.data.subject, description: event.personal?.fields['description'] ?? null,
    });
  }
}
