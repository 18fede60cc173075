import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ReturnCancelled, ReturnInspectionRefused, ReturnRejected, ReturnStockedIn } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

type Ended = Opened<EventOf<typeof ReturnStockedIn | typeof ReturnRejected | typeof ReturnInspectionRefused | typeof ReturnCancelled>>;

/** Stocked in, rejected at review, refused at inspection with a written statement, or given up before the goods came: the case waits for it no longer. */
@Controller()
export class WhenReturnEndedSettleTheRemedy {
  @EventPattern('logistics.ReturnStockedIn')
  stockedIn(@Payload() event: Ended): Reaction {
    return settle(event, 'done', null);
  }

  @EventPattern('logistics.ReturnRejected')
  rejected(@Payload() event: Ended): Reaction {
    return settle(event, 'rejected', event.personal?.fields['explanation'] ?? null);
  }

  @EventPattern('logistics.ReturnInspectionRefused')
  refused(@Payload() event: Ended): Reaction {
    return settle(event, 'refused', event.personal?.fields['statement'] ?? null);
  }

  @EventPattern('logistics.ReturnCancelled')
  cancelled(@Payload() event: Ended): Reaction {
    return settle(event, 'refused', event.personal?.fields['reason'] ?? null);
  }
}

function settle({ data: { caseId, round }, stream }: Ended, outcome: 'done' | 'refused' | 'rejected', reason: string | null): Reaction {
  if (caseId === null) return undefined;
  return order(complaint, caseId, { type: 'SettleRemedy', remedy: 'return', outcome, reference: idOf(stream), reason, round });
}
