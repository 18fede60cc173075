import { IsIn, IsOptional } from 'class-validator';
import { Instant, Word, Words } from '../shared/command-parts.js';
import type { Goods } from '../shared/vocabulary.js';
import {
  EXPECTEDNESS, PRODUCT_KINDS, REPORTING_DUTIES, SERIOUSNESS, type Expectedness, type ProductKind, type ReportingDuty, type Seriousness,
} from './reaction-report.events.js';

/** Staff account of the technical department. */
export class TransferToTechnical { @Word() to!: string }
export class AssessReaction {
  @IsIn(SERIOUSNESS) seriousness!: Seriousness;
  /** What is left out stays as it was assessed before. */
  @IsOptional() @IsIn(EXPECTEDNESS) expectedness?: Expectedness;
  @IsOptional() @IsIn(PRODUCT_KINDS) productKind?: ProductKind;
  @Words(2000) reasoning!: string;
}
export class DetermineReportability {
  @IsIn(REPORTING_DUTIES) duty!: ReportingDuty;
  @IsIn(PRODUCT_KINDS) productKind!: ProductKind;
  @Words(2000) reasoning!: string;
}
export class FileReactionReport { @Instant() filedAt!: string; @Word() reference!: string }
export class AnswerReaction { @Words() reply!: string }

/** Commands given by reactions only; no route leads to them. */
export interface RegisterReaction {
  readonly round: number;
  readonly customerId: string | null;
  readonly goods: Goods | null;
  readonly awareAt: string;
  readonly takenOn: string | null;
  readonly notKnown: readonly string[];
  readonly subject: string;
  readonly description: string | null;
  readonly reactionTerm: string | null;
  readonly quantityTaken: string | null;
  readonly concomitantDrugs: string | null;
}
export interface ReopenReaction { readonly round: number; readonly why: string | null }

export interface ReactionReportCommands {
  RegisterReaction: RegisterReaction;
  ReopenReaction: ReopenReaction;
  TransferToTechnical: TransferToTechnical;
  AssessReaction: AssessReaction;
  AnswerReaction: AnswerReaction;
  DetermineReportability: DetermineReportability;
  FileReactionReport: FileReactionReport;
}
