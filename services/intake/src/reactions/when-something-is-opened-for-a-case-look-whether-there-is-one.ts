import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { ApprovalProposed, CostAttributed, EventOf, ItemTakenForRepair, ReturnFreightCharged } from 'aftercare/contracts';
import type { Opened } from 'aftercare/kernel';
import { order, type Reaction } from 'aftercare/messaging';
import { CaseFiles } from 'aftercare/service-host';
import { complaint } from '../complaint/complaint.decide.js';
import { inquiry } from '../inquiry/inquiry.decide.js';
import { suggestion } from '../suggestion/suggestion.decide.js';

type OpenedForACase = Opened<EventOf<typeof ApprovalProposed | typeof CostAttributed | typeof ItemTakenForRepair | typeof ReturnFreightCharged>>;

/**
 * A person who opens these names the case by its id. Another department cannot tell a wrong id from one that it has not
 * heard of; here every case begins.
 */
@Controller()
export class WhenSomethingIsOpenedForACaseLookWhetherThereIsOne {
  constructor(@Inject(CaseFiles) private readonly files: Pick<CaseFiles, 'stateOf'>) {}

  @EventPattern('billing.ApprovalProposed')
  proposed(@Payload() event: Opened<EventOf<typeof ApprovalProposed>>): Promise<Reaction> | undefined {
    // Of a compensation a plan is the cause, which a case of this log has.
    return event.data.kind === 'service-fee' ? this.look(event) : undefined;
  }

  @EventPattern('billing.ReturnFreightCharged')
  charged(@Payload() event: OpenedForACase): Promise<Reaction> {
    return this.look(event);
  }

  @EventPattern('billing.CostAttributed')
  attributed(@Payload() event: OpenedForACase): Promise<Reaction> {
    return this.look(event);
  }

  @EventPattern('logistics.ItemTakenForRepair')
  taken(@Payload() event: OpenedForACase): Promise<Reaction> {
    return this.look(event);
  }

  /** Inquiries and suggestions are cases too, each in its own stream; the complaint answers for what is none of the three. */
  private async look({ log, type, data: { caseId } }: OpenedForACase): Promise<Reaction> {
    if (caseId === null) return undefined;
    const [asked, suggested] = await Promise.all([this.files.stateOf(inquiry, caseId), this.files.stateOf(suggestion, caseId)]);
    if (asked.stage !== 'new' || suggested.stage !== 'new') return undefined;
    return order(complaint, caseId, { type: 'NoteOpenedForCase', opened: `${log}.${type}` });
  }
}
