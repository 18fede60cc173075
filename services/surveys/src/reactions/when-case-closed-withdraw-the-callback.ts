import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CaseClosed, EventOf } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { callback } from '../callback/callback.decide.js';

/** An unfounded complaint closes without a call; a callback that closed the case itself has nothing left to withdraw. */
@Controller()
export class WhenCaseClosedWithdrawTheCallback {
  @EventPattern('intake.CaseClosed')
  react(@Payload() event: Opened<EventOf<typeof CaseClosed>>): Reaction {
    return order(callback, event.data.caseId, { type: 'WithdrawCallback' });
  }
}
