import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, LotRegistered } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { lotNote } from '../lot-note/lot-note.decide.js';

/** P002A-17: a review has to know the date without asking the registry. */
@Controller()
export class WhenLotRegisteredNoteItsExpiry {
  @EventPattern('registry.LotRegistered')
  react(@Payload() event: Opened<EventOf<typeof LotRegistered>>): Reaction {
    const { productCode, lot, expiresOn } = event.data;
    return order(lotNote, lotId(productCode, lot), { type: 'NoteLotExpiry', productCode, lot, expiresOn });
  }
}
