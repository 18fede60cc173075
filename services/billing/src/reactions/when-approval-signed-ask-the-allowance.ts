import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ApprovalSigned, EventOf, SignaturesVoided } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { allowance } from '../allowance/allowance.decide.js';
import { allowanceId } from '../allowance/allowance.js';

/**
 * P001A-04: the sum of a month is kept in one stream, so of two signatures at once the second sees the first. An approval
 * that looked the sum up and recorded itself elsewhere would let both pass.
 */
@Controller()
export class WhenApprovalSignedAskTheAllowance {
  @EventPattern('billing.ApprovalSigned')
  signed(@Payload() event: Opened<EventOf<typeof ApprovalSigned>>): Reaction {
    const { signature, role, amount, limit } = event.data;
    if (limit === null) return undefined;
    const { person, period, upTo } = limit;
    return order(allowance, allowanceId(person, period), {
      type: 'TakeAllowance', person, period, approval: idOf(event.stream), signature, role, amount, limit: upTo,
    });
  }

  @EventPattern('billing.SignaturesVoided')
  voided(@Payload() event: Opened<EventOf<typeof SignaturesVoided>>): Reaction {
    const approval = idOf(event.stream);
    return event.data.signatures.flatMap(({ signature, limit }) => (limit === null ? [] : [
      order(allowance, allowanceId(limit.person, limit.period), { type: 'ReleaseAllowance', ...limit, approval, signature }),
    ]));
  }
}
