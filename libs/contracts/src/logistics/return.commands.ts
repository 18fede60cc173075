import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import type { Money } from 'aftercare/kernel';
import { GoodsPart, Instant, MoneyPart, Nested, Pieces, PlainDate, Word, Words } from '../shared/command-parts.js';
import { RETURN_REASONS, type Goods, type ReturnReason, type Verdict } from '../shared/vocabulary.js';
import {
  DISCREPANCIES, ELIGIBILITY_DECISIONS, RETURN_KINDS, RETURN_OBSTACLES, SHIPMENT_LEGS, SHIPMENT_STATUSES, SIGNATORY_ROLES, SIGNERS,
  type Discrepancy, type EligibilityDecision, type ReturnKind, type ReturnObstacle, type ReviewSigner, type ShipmentLeg, type ShipmentStatus, type SignatoryRole, type Signer, type StockInSigner,
} from './return.events.js';

/** 退换货申请表. Which members a policy demands is the decider's question (P000-37). */
export class RequestReturn {
  @IsOptional() @Word() customerId?: string;
  @IsOptional() @Words(500) customer?: string;
  @IsOptional() @Word() orderNumber?: string;
  @IsIn(RETURN_REASONS) reason!: ReturnReason;
  @IsIn(RETURN_KINDS) kind!: ReturnKind;
  @IsOptional() @Nested(() => GoodsPart) goods?: GoodsPart;
  @Pieces(1) quantity!: number;
  @IsOptional() @IsBoolean() temporary?: boolean;
  @IsOptional() @Words() details?: string;
}

export class ReferReturn { @Words(2000) why!: string }
/** `expiresOn`: expiry date that the signer read off the goods, where nobody had noted one. */
export class ReviewReturn { @IsOptional() @PlainDate() expiresOn?: string }
export class ApproveReturn {}
export class RejectReturn {
  @IsIn([...RETURN_OBSTACLES, 'unjustified']) ground!: ReturnObstacle | 'unjustified';
  @Words(2000) explanation!: string;
}
export class RequestException { @IsIn(RETURN_OBSTACLES) ground!: ReturnObstacle; @Words(2000) why!: string }
export class ApproveException {}
export class RefuseException { @Words(2000) explanation!: string }
/** Says whether the goods may come back where no rule does. */
export class DecideEligibility { @IsIn(ELIGIBILITY_DECISIONS) decision!: EligibilityDecision; @Words(2000) reasoning!: string }
/** Says whose signature it is where the adopted policy does not. */
export class AppointSignatory { @IsIn(SIGNERS) signer!: Signer; @IsIn(SIGNATORY_ROLES) role!: SignatoryRole; @Words(2000) reasoning!: string }
export class CancelReturn { @Words(2000) reason!: string }
export class SendInstruction { @Words(2000) instruction!: string }
export class NotifyArrival { @Word(500) station!: string; @Instant() arrivedAt!: string }
export class IssueTransportOrder { @Word() driver!: string }
/** Another driver, or an order that got lost: the former one is void. */
export class ReissueTransportOrder { @Word() driver!: string }
export class PickUp { @Word() order!: string }
export class ReceiveReturn { @Pieces() quantity!: number; @IsOptional() @IsIn(DISCREPANCIES) discrepancy?: Discrepancy }
export class SettleDiscrepancy { @IsBoolean() confirmed!: boolean; @Words(2000) settlement!: string }
export class InspectReturn { @IsBoolean() intact!: boolean; @IsBoolean() makersFault!: boolean; @Words() finding!: string }
export class RefuseInspection { @IsBoolean() customerDamage!: boolean; @Words() statement!: string }
export class SignStockIn {}
export class StockIn {}
export class RecordValue { @Pieces() quantity!: number; @Nested(() => MoneyPart) value!: MoneyPart }
export class SendSlip { @Word() slip!: string }
export class UpdateShipment {
  @IsIn(SHIPMENT_LEGS) leg!: ShipmentLeg;
  @IsIn(SHIPMENT_STATUSES) status!: ShipmentStatus;
  @Instant() at!: string;
  @IsOptional() @Words(2000) note?: string;
}
export class ShipExchange { @Word() tracking!: string; @Word() productCode!: string }

/**
 * What the department's own books say when a return is judged. The caller does not state it: the controller looks it
 * up, and the decision records it as inputs of the rule.
 */
export interface ReturnFacts {
  /** Of the lot, from the registry; null when never noted. */
  readonly lotExpiresOn: string | null;
  /** Pieces, all articles; 0 when no purchase of the customer is known. */
  readonly bought: number;
  /** Stocked in, and reserved for approved exchanges other than this one. */
  readonly exchanged: number;
  /** Last purchase of this article. */
  readonly lastBoughtOn: string | null;
}
interface Judged { readonly facts: ReturnFacts }

/** Given by a reaction to a handling plan; no route leads to it. */
export interface RequestReturnForCase {
  readonly caseId: string;
  readonly round: number;
  /** Data subject of the case; null when none of its texts can be opened any more. */
  readonly subject: string | null;
  readonly customerId: string | null;
  readonly reason: ReturnReason;
  readonly kind: ReturnKind;
  readonly goods: Goods | null;
  readonly verdict: Verdict | null;
  readonly compensation: Money | null;
}

export interface ReturnCommands {
  RequestReturn: RequestReturn;
  RequestReturnForCase: RequestReturnForCase;
  ReferReturn: ReferReturn;
  ReviewReturn: ReviewReturn & Judged & { readonly signer: ReviewSigner };
  ApproveReturn: ApproveReturn & Judged;
  RejectReturn: RejectReturn & Judged;
  RequestException: RequestException & Judged;
  ApproveException: ApproveException;
  RefuseException: RefuseException;
  DecideEligibility: DecideEligibility & Judged;
  AppointSignatory: AppointSignatory;
  SendInstruction: SendInstruction;
  NotifyArrival: NotifyArrival;
  IssueTransportOrder: IssueTransportOrder;
  ReissueTransportOrder: ReissueTransportOrder;
  CancelReturn: CancelReturn;
  PickUp: PickUp;
  ReceiveReturn: ReceiveReturn;
  SettleDiscrepancy: SettleDiscrepancy;
  InspectReturn: InspectReturn;
  RefuseInspection: RefuseInspection;
  SignStockIn: SignStockIn & { readonly signer: StockInSigner };
  StockIn: StockIn;
  RecordValue: RecordValue;
  SendSlip: SendSlip;
  UpdateShipment: UpdateShipment;
  ShipExchange: ShipExchange;
}
