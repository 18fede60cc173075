import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ApprovalLapsed, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { complaint } from '../complaint/complaint.decide.js';

/** P001A-04: nobody signed in time. Without this the case would wait for a compensation that nobody is asked for any more. */
@Controller()
export class WhenApprovalLapsedSettleTheRemedy {
  @EventPattern('billing.ApprovalLapsed')
  react(@Payload() { data: { kind, caseId, round }, stream }: Opened<EventOf<typeof ApprovalLapsed>>): Reaction {
    if (kind !== 'compensation' || caseId === null) return undefined;
    return order(complaint, caseId, { type: 'SettleRemedy', remedy: 'compensation', outcome: 'rejected', reference: idOf(stream), reason: null, round });
  }
}
