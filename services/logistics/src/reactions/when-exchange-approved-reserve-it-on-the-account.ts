import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { EventOf, ReturnApproved, ReturnCancelled, ReturnInspectionRefused } from 'aftercare/contracts';
import { customerIdFrom, idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { tradingAccount } from '../trading-account/trading-account.decide.js';

type Ended = Opened<EventOf<typeof ReturnCancelled | typeof ReturnInspectionRefused>>;

/**
 * P002B-16, P002B-17: an approved exchange takes its share of the rate before its goods are in. Counted only at
 * stock-in, five applications of the whole limit would be approved side by side. A rejection needs no answer here: it
 * comes before any approval.
 *
 * What remains: an approval reads the account and records itself on the return, which is another stream. A second
 * approval for the same customer that reads the account in between, until this reaction has run, does not see the
 * first. Both are reserved then, so every later approval counts both, and the list of accounts shows the excess. Only
 * a reservation decided by the account before the approval is recorded would close that gap.
 */
@Controller()
export class WhenExchangeApprovedReserveItOnTheAccount {
  @EventPattern('logistics.ReturnApproved')
  approved(@Payload() event: Opened<EventOf<typeof ReturnApproved>>): Reaction {
    const { customerId, reason, kind, quantity } = event.data;
    // A leader may approve a number that nobody knows yet; it counts once it is stocked in.
    if (reason !== 'unsaleable' || kind !== 'exchange' || customerId === null || quantity === null) return undefined;
    return order(tradingAccount, customerIdFrom(customerId), { type: 'ReserveExchange', customerId, quantity, returnId: idOf(event.stream) });
  }

  @EventPattern('logistics.ReturnInspectionRefused')
  refused(@Payload() event: Ended): Reaction {
    return release(event);
  }

  @EventPattern('logistics.ReturnCancelled')
  cancelled(@Payload() event: Ended): Reaction {
    return release(event);
  }
}

/** Of a return that had reserved nothing the account has nothing to give back. */
function release({ data: { customerId }, stream }: Ended): Reaction {
  if (customerId === null) return undefined;
  return order(tradingAccount, customerIdFrom(customerId), { type: 'ReleaseExchange', customerId, returnId: idOf(stream) });
}
