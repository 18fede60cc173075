import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ReturnCancelled, ReturnInspectionRefused, ReturnRejected } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { approval } from '../approval/approval.decide.js';

type Failed = Opened<EventOf<typeof ReturnRejected | typeof ReturnInspectionRefused | typeof ReturnCancelled>>;

/** Rejected at review, refused at inspection, or given up before the goods came: no goods, no money, and the case that waits for it hears so. */
@Controller()
export class WhenReturnFailedLetTheCompensationLapse {
  @EventPattern('logistics.ReturnRejected')
  rejected(@Payload() event: Failed): Reaction {
    return lapse(event, 'return-rejected', event.personal?.fields['explanation'] ?? null);
  }

  @EventPattern('logistics.ReturnInspectionRefused')
  refused(@Payload() event: Failed): Reaction {
    return lapse(event, 'return-refused', event.personal?.fields['statement'] ?? null);
  }

  @EventPattern('logistics.ReturnCancelled')
  cancelled(@Payload() event: Failed): Reaction {
    return lapse(event, 'return-cancelled', event.personal?.fields['reason'] ?? null);
  }
}

function lapse(event: Failed, ground: 'return-rejected' | 'return-refused' | 'return-cancelled', why: string | null): Reaction {
  const { caseId, round, compensation } = event.data;
  if (compensation === null) return undefined;
  return order(approval, caseId === null ? idOf(event.stream) : `${caseId}.${round}`, {
    type: 'RecordCompensationLapsed', caseId, round, amount: compensation, ground, why, subject: event.personal?.subject ?? null,
  });
}
