import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CaseReopened, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { investigation } from '../investigation/investigation.decide.js';
import { reactionReport } from '../reaction-report/reaction-report.decide.js';

/** P000-36: the work starts again, and its limits count from the moment the customer said no. */
@Controller()
export class WhenCaseReopenedTakeUpTheNextRound {
  @EventPattern('intake.CaseReopened')
  react(@Payload() event: Opened<EventOf<typeof CaseReopened>>): Reaction {
    const { class: kind, caseId, round, customerId, locality, goods } = event.data;
    const why = event.personal?.fields['why'] ?? null;
    switch (kind) {
      case 'product-quality':
        return order(investigation, caseId, { type: 'ReopenInvestigation', round, customerId, locality, goods, awareAt: event.occurredAt, why });
      case 'adverse-reaction': return order(reactionReport, caseId, { type: 'ReopenReaction', round, why });
      case 'service': return undefined;
    }
  }
}
