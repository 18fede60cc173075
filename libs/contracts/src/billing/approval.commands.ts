import { IsDefined, IsIn, IsOptional } from 'class-validator';
import { CaseId, MoneyPart, Nested, Word, Words } from '../shared/command-parts.js';
import { APPROVER_ROLES, type ApproverRole } from './approval.events.js';
import type { DeputyshipFact } from './deputy.commands.js';

/** P001C-06: the drafted price of a service out of warranty. */
export class ProposeServiceFee {
  @IsDefined() @Nested(() => MoneyPart) amount!: MoneyPart;
  @IsOptional() @Word() customerId?: string;
  /** The case the service belongs to, where there is one. */
  @IsOptional() @CaseId() caseId?: string;
  @Words(2000) grounds!: string;
}
export class VerifyCost { @IsDefined() @Nested(() => MoneyPart) cost!: MoneyPart }
export class ApproveProposal {}
export class RejectProposal { @Words(2000) reason!: string }
export class ReviseProposal { @IsDefined() @Nested(() => MoneyPart) amount!: MoneyPart; @Words(2000) grounds!: string }
export class RequestWaiver { @Words(2000) grounds!: string }
export class ApproveWaiver {}
export class RejectWaiver { @Words(2000) reason!: string }
export class AppointApprover { @IsIn(APPROVER_ROLES) approverRole!: ApproverRole; @Words(2000) reason!: string }
export class AgreePrice { @IsDefined() @Nested(() => MoneyPart) amount!: MoneyPart }

/**
 * What the department's own books say when somebody signs: the deputyships of the person who acts. The caller does not
 * state it; the controller looks it up, and the signature records the one it rests on.
 */
export interface SigningFacts { readonly deputyships: readonly DeputyshipFact[] }
interface Signed { readonly facts?: SigningFacts }

/** Given by reactions: what the allowance of a month said about a signature, and that the time to sign is over. */
export interface NoteAllowance {
  readonly signature: string;
  /** Whose allowance answered; absent: the one that the signature names. */
  readonly person?: string;
  readonly covered: boolean;
}
export type LapseApproval = object;

interface Compensation {
  /** Null for goods returned without a complaint. */
  readonly caseId: string | null;
  readonly round: number;
  readonly amount: MoneyPart;
  /** Data subject of the causing event; null when it had no personal part. */
  readonly subject: string | null;
}

/** Commands given by reactions only; no route leads to them. */
export interface NotePlannedCompensation extends Compensation { readonly customerId: string | null; readonly requester: string }
export interface ProposeCompensation extends Compensation {
  readonly customerId: string | null;
  readonly requester: string;
  readonly returnId: string | null;
  readonly grounds: string | null;
}
export interface RecordCompensationLapsed extends Compensation {
  readonly ground: 'return-rejected' | 'return-refused' | 'return-cancelled';
  readonly why: string | null;
}

export interface ApprovalCommands {
  ProposeServiceFee: ProposeServiceFee;
  VerifyCost: VerifyCost;
  ApproveProposal: ApproveProposal & Signed;
  RejectProposal: RejectProposal & Signed;
  ReviseProposal: ReviseProposal;
  RequestWaiver: RequestWaiver;
  ApproveWaiver: ApproveWaiver & Signed;
  RejectWaiver: RejectWaiver & Signed;
  AppointApprover: AppointApprover;
  AgreePrice: AgreePrice;
  NotePlannedCompensation: NotePlannedCompensation;
  ProposeCompensation: ProposeCompensation;
  RecordCompensationLapsed: RecordCompensationLapsed;
  NoteAllowance: NoteAllowance;
  LapseApproval: LapseApproval;
}
