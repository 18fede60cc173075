import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintClassified, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { reactionReport } from '../reaction-report/reaction-report.decide.js';

/** P003-28: the adverse reaction register. */
@Controller()
export class WhenComplaintClassifiedRegisterTheAdverseReaction {
  @EventPattern('intake.ComplaintClassified')
  react(@Payload() event: Opened<EventOf<typeof ComplaintClassified>>): Reaction {
    const { class: kind, caseId, round, customerId, goods, awareAt, reaction } = event.data;
    if (kind !== 'adverse-reaction') return undefined;
    const told = event.personal?.fields ?? {};
    return order(reactionReport, caseId, {
      type: 'RegisterReaction', round, customerId, goods, awareAt,
      takenOn: reaction?.takenOn ?? null, notKnown: reaction?.notKnown ?? [], subject: event.data.subject,
      description: told['description'] ?? null, reactionTerm: told['reactionTerm'] ?? null,
      quantityTaken: told['quantityTaken'] ?? null, concomitantDrugs: told['concomitantDrugs'] ?? null,
    });
  }
}
