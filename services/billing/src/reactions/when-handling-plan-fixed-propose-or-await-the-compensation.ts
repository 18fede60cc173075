import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, HandlingPlanFixed } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { approval } from '../approval/approval.decide.js';
import { compensationWaitsWhileGoodsComeBack } from '../approval/rules/compensation-waits-while-goods-come-back.js';

/** The person who fixed the plan is the requester: nobody approves money they promised. */
@Controller()
export class WhenHandlingPlanFixedProposeOrAwaitTheCompensation {
  @EventPattern('intake.HandlingPlanFixed')
  react(@Payload() event: Opened<EventOf<typeof HandlingPlanFixed>>): Reaction {
    const { caseId, round, customerId, compensation, remedies } = event.data;
    if (compensation === null) return undefined;
    const planned = { caseId, round, customerId, amount: compensation, requester: event.actor.id, subject: event.personal?.subject ?? null };
    return order(approval, `${caseId}.${round}`, compensationWaitsWhileGoodsComeBack(remedies)
      ? { type: 'NotePlannedCompensation', ...planned }
      : { type: 'ProposeCompensation', ...planned, returnId: null, grounds: event.personal?.fields['plan'] ?? null });
  }
}
