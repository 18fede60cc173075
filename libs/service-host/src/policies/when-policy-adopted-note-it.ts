import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, PolicyAdopted } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { policyBook, POLICY_BOOK_ID } from 'aftercare/policy';

/** Every department keeps the adoptions in its own log: it decides its cases by them with the registry away, and for ever after. */
@Controller()
export class WhenPolicyAdoptedNoteIt {
  @EventPattern('registry.PolicyAdopted')
  react(@Payload() event: Opened<EventOf<typeof PolicyAdopted>>): Reaction {
    const { signer: _signer, signerRole: _role, why: _why, ...adoption } = event.data;
    return order(policyBook, POLICY_BOOK_ID, { type: 'NoteAdoption', adoption });
  }
}
