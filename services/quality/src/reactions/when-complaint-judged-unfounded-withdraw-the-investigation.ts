import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintValidityDetermined, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { investigation } from '../investigation/investigation.decide.js';

@Controller()
export class WhenComplaintJudgedUnfoundedWithdrawTheInvestigation {
  @EventPattern('intake.ComplaintValidityDetermined')
  react(@Payload() event: Opened<EventOf<typeof ComplaintValidityDetermined>>): Reaction {
    if (event.data.valid) return undefined;
    return order(investigation, idOf(event.stream), { type: 'WithdrawInvestigation', why: 'unfounded' });
  }
}
