import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { AllowanceExceeded, AllowanceTaken, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { approval } from '../approval/approval.decide.js';

@Controller()
export class WhenAllowanceAnsweredCountTheSignature {
  @EventPattern('billing.AllowanceTaken')
  taken(@Payload() event: Opened<EventOf<typeof AllowanceTaken>>): Reaction {
    return order(approval, event.data.approval, { type: 'NoteAllowance', signature: event.data.signature, person: event.data.person, covered: true });
  }

  @EventPattern('billing.AllowanceExceeded')
  exceeded(@Payload() event: Opened<EventOf<typeof AllowanceExceeded>>): Reaction {
    return order(approval, event.data.approval, { type: 'NoteAllowance', signature: event.data.signature, person: event.data.person, covered: false });
  }
}
