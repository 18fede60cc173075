import { IsIn, IsOptional } from 'class-validator';
import { PlainDate, Pieces, Reason, Word, Words } from '../shared/command-parts.js';
import { CUSTOMER_GRADES, CUSTOMER_KINDS } from './registry.events.js';

export class RegisterCustomer {
  /** Code of the company's own customer list; the id is computed from it. */
  @Word() code!: string;
  @IsIn(CUSTOMER_KINDS) kind!: (typeof CUSTOMER_KINDS)[number];
  @IsOptional() @Word(500) region?: string;
  @Words(500) name!: string;
  @IsOptional() @Words(100) phone?: string;
  @IsOptional() @Words(1000) address?: string;
  @IsOptional() @Words(320) email?: string;
}
export class UpdateCustomerFile {
  @IsOptional() @Words(500) name?: string;
  @IsOptional() @Words(100) phone?: string;
  @IsOptional() @Words(1000) address?: string;
  @IsOptional() @Words(320) email?: string;
}
export class GradeCustomer { @IsIn(CUSTOMER_GRADES) grade!: (typeof CUSTOMER_GRADES)[number] }

export interface CustomerCommands {
  RegisterCustomer: RegisterCustomer;
  UpdateCustomerFile: UpdateCustomerFile;
  GradeCustomer: GradeCustomer;
}

export class RegisterProduct {
  @Word() productCode!: string;
  @Word(500) name!: string;
  @IsOptional() @Word(500) model?: string;
  @IsIn(['drug', 'device']) kind!: 'drug' | 'device';
  @IsOptional() @Word(500) manufacturer?: string;
}
export interface ProductCommands { RegisterProduct: RegisterProduct }

export class RegisterLot {
  @Word() productCode!: string;
  @Word() lot!: string;
  @IsOptional() @PlainDate() manufacturedOn?: string;
  @IsOptional() @PlainDate() expiresOn?: string;
}
export class RecordSale {
  @Word() customerId!: string;
  @Pieces(1) quantity!: number;
  @PlainDate() soldOn!: string;
  /** Number of the sales document: the same document is booked once per customer. */
  @Word() document!: string;
}
/** Commands given by reactions only. */
export interface PlaceSalesBlock { readonly productCode: string; readonly lot: string; readonly caseId: string }
export interface LiftSalesBlock { readonly caseId: string }

export interface LotCommands {
  RegisterLot: RegisterLot;
  RecordSale: RecordSale;
  PlaceSalesBlock: PlaceSalesBlock;
  LiftSalesBlock: LiftSalesBlock;
}

export const ADOPTION_REASON_LEAST = 4;

/** `document`: the JSON text of `{"company": …, "packs": […]}`. */
export class AdoptPolicyForm {
  @Words(1_000_000) document!: string;
  @Reason(ADOPTION_REASON_LEAST) why!: string;
}
