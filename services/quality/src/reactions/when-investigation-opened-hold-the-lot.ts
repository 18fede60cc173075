import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, Goods, InvestigationOpened, InvestigationReopened, InvestigationRestated } from 'aftercare/contracts';
import { lotId, type Opened } from 'aftercare/kernel';
import { order, type Reaction, type ReactionCommand } from 'aftercare/messaging';
import { stopSale } from '../stop-sale/stop-sale.decide.js';

type Begun = Opened<EventOf<typeof InvestigationOpened | typeof InvestigationReopened>>;
type Holder = { readonly caseId: string; readonly customerId: string | null };

/** Catalogue contradiction 3: the hold is there from the first day; P002A 4.5 lifts what P002A 4.7 places only later. */
@Controller()
export class WhenInvestigationOpenedHoldTheLot {
  @EventPattern('quality.InvestigationOpened')
  opened(@Payload() event: Begun): Reaction {
    return holdOf(event.data, event.data.goods);
  }

  @EventPattern('quality.InvestigationReopened')
  reopened(@Payload() event: Begun): Reaction {
    return holdOf(event.data, event.data.goods);
  }

  /** A corrected lot number frees the lot that was named by mistake. */
  @EventPattern('quality.InvestigationRestated')
  restated(@Payload() event: Opened<EventOf<typeof InvestigationRestated>>): Reaction {
    const { caseId, goods, previous } = event.data;
    const before = addressOf(previous);
    const freed = before !== null && before !== addressOf(goods)
      ? [order(stopSale, before, { type: 'RemoveHoldGround', caseId, foundAt: event.occurredAt, why: 'other-lot-meant' })] : [];
    return [...freed, ...holdOf(event.data, goods)];
  }
}

function addressOf(goods: Goods | null): string | null {
  return goods?.productCode && goods.lot ? lotId(goods.productCode, goods.lot) : null;
}

/** A lot that nobody can name cannot be held. */
function holdOf({ caseId, customerId }: Holder, goods: Goods | null): ReactionCommand[] {
  if (!goods?.productCode || !goods.lot) return [];
  const { productCode, lot } = goods;
  return [order(stopSale, lotId(productCode, lot), { type: 'HoldLot', productCode, lot, caseId, customerId })];
}
