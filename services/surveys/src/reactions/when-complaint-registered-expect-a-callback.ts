import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintRegistered, EventOf } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { callback } from '../callback/callback.decide.js';

/** Whom to call is kept from the first day on, so that nobody has to be asked for it later (D6). */
@Controller()
export class WhenComplaintRegisteredExpectACallback {
  @EventPattern('intake.ComplaintRegistered')
  react(@Payload() event: Opened<EventOf<typeof ComplaintRegistered>>): Reaction {
    const { customerId, awareAt, subject } = event.data;
    const { complainant = null, phone = null } = event.personal?.fields ?? {};
    return order(callback, idOf(event.stream), { type: 'ExpectCallback', customerId, awareAt, subject, complainant, phone });
  }
}
