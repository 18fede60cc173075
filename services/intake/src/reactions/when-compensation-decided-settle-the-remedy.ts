import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CompensationApproved, CompensationRejected, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

type Decided = Opened<EventOf<typeof CompensationApproved | typeof CompensationRejected>>;

@Controller()
export class WhenCompensationDecidedSettleTheRemedy {
  @EventPattern('billing.CompensationApproved')
  approved(@Payload() event: Decided): Reaction {
    return settle(event, 'done', null);
  }

  @EventPattern('billing.CompensationRejected')
  rejected(@Payload() event: Decided): Reaction {
    return settle(event, 'rejected', event.personal?.fields['why'] ?? null);
  }
}

function settle({ data: { caseId, round }, stream }: Decided, outcome: 'done' | 'rejected', reason: string | null): Reaction {
  if (caseId === null) return undefined;
  return order(complaint, caseId, { type: 'SettleRemedy', remedy: 'compensation', outcome, reference: idOf(stream), reason, round });
}
