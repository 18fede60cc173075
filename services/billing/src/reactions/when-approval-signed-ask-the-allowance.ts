import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ApprovalSigned, EventOf, SignaturesVoided } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { allowance } from '../allowance/allowance.decide.js';
import { allowanceId } from '../allowance/allowance.js';
import { whoseAllowances } from '../approval/rules/a-signature-stays-within-the-allowance.js';

/**
 * P001A-04: the sum of a month is kept in one stream, so of two signatures at once the second sees the first. An approval
 * that looked the sum up and recorded itself elsewhere would let both pass.
 */
@Controller()
export class WhenApprovalSignedAskTheAllowance {
  @EventPattern('billing.ApprovalSigned')
  signed(@Payload() event: Opened<EventOf<typeof ApprovalSigned>>): Reaction {
    const { signature, role, amount, limit, signer } = event.data;
    if (limit === null) return undefined;
    const { period, upTo } = limit;
    const asks = whoseAllowances(signer, limit).map((person) => order(allowance, allowanceId(person, period), {
      type: 'TakeAllowance', person, period, approval: idOf(event.stream), signature, role, amount, limit: upTo,
    }));
    return asks.length === 1 ? asks[0] : asks;
  }

  @EventPattern('billing.SignaturesVoided')
  voided(@Payload() event: Opened<EventOf<typeof SignaturesVoided>>): Reaction {
    const approval = idOf(event.stream);
    return event.data.signatures.flatMap(({ signature, signer, limit }) => whoseAllowances(signer, limit).flatMap((person) => (limit === null ? [] : [
      order(allowance, allowanceId(person, limit.period), { type: 'ReleaseAllowance', person, period: limit.period, approval, signature }),
    ])));
  }
}
