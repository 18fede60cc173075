import { Controller } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ComplaintUpheldAgainst, EventOf, FaultRecorded } from 'aftercare/contracts';
import { idOf, type Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { incentive } from '../incentive/incentive.decide.js';
import { incentiveId } from '../incentive/incentive.js';

/** What counts for a person in a month is decided in one stream, so that two complaints at once make two and not one. */
@Controller()
export class WhenConductRecordedProposeTheIncentive {
  @EventPattern('billing.ComplaintUpheldAgainst')
  upheld(@Payload() event: Opened<EventOf<typeof ComplaintUpheldAgainst>>): Reaction {
    const { person, period, basis } = event.data;
    return order(incentive, incentiveId(person, period), {
      type: 'NoteUpheldComplaint', person, period, caseId: idOf(event.stream), basis: [...basis, event.id],
    });
  }

  @EventPattern('billing.FaultRecorded')
  fault(@Payload() event: Opened<EventOf<typeof FaultRecorded>>): Reaction {
    const { fault, person, period, cause, grave, loss, recordedBy } = event.data;
    return order(incentive, incentiveId(person, period), { type: 'NoteFault', person, period, fault, cause, grave, loss, recordedBy, basis: [event.id] });
  }
}
