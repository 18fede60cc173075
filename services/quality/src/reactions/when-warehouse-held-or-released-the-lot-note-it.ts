import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, OutboundHoldPlaced, OutboundHoldReleased } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { stopSale } from '../stop-sale/stop-sale.decide.js';

type Moved = Opened<EventOf<typeof OutboundHoldPlaced | typeof OutboundHoldReleased>>;

/** P002A-16, P002A-21: who ordered the hold also sees that it was placed and lifted. */
@Controller()
export class WhenWarehouseHeldOrReleasedTheLotNoteIt {
  @EventPattern('logistics.OutboundHoldPlaced')
  placed(@Payload() { data: { productCode, lot } }: Moved): Reaction {
    return order(stopSale, lotId(productCode, lot), { type: 'NoteWarehouseHold', held: true });
  }

  @EventPattern('logistics.OutboundHoldReleased')
  released(@Payload() { data: { productCode, lot } }: Moved): Reaction {
    return order(stopSale, lotId(productCode, lot), { type: 'NoteWarehouseHold', held: false });
  }
}
