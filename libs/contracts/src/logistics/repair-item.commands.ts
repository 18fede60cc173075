import { IsOptional } from 'class-validator';
import { CaseId, Word, Words } from '../shared/command-parts.js';

export class TakeForRepair {
  @IsOptional() @CaseId() caseId?: string;
  @Word() customerId!: string;
  @Word() productCode!: string;
  @IsOptional() @Word() serial?: string;
  @IsOptional() @Words(2000) defect?: string;
}
/** Account of the customer-service team that has the device now. */
export class HandOverForRepair { @Word() receivedBy!: string }
/** `customerId`: of whoever stands at the door, not copied from the record. */
export class ReturnToCustomer { @Word() customerId!: string }

export interface RepairItemCommands { TakeForRepair: TakeForRepair; HandOverForRepair: HandOverForRepair; ReturnToCustomer: ReturnToCustomer }
