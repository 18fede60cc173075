import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { Word, Words } from '../shared/command-parts.js';
import { VERDICTS, type Goods, type Locality, type Verdict } from '../shared/vocabulary.js';
import {
  DISPOSITIONS, EVIDENCE_KINDS, FAULTS, PROBLEM_GRADES, SEVERITIES, TREATMENTS,
  type Disposition, type EvidenceKind, type Fault, type ProblemGrade, type Severity, type Treatment,
} from './investigation.events.js';

export class AssessSeverity { @IsIn(SEVERITIES) severity!: Severity; @Words(2000) reasoning!: string }
/** In the words of the adopted criteria; what nobody knows is left out. */
export class GradeProblem { @IsOptional() @Word() productLine?: string; @IsOptional() @Word() curedBy?: string; @IsOptional() @Word() effect?: string }
export class DetermineGrade {
  @IsIn(PROBLEM_GRADES) grade!: ProblemGrade;
  @IsIn(TREATMENTS) treatment!: Treatment;
  @Words(2000) reasoning!: string;
}
/** Staff account of the inspector who goes. */
export class DispatchSiteVerification { @Word() inspector!: string }
export class CompleteSiteVerification { @Words() finding!: string }
export class AddEvidence {
  @IsIn(EVIDENCE_KINDS) kind!: EvidenceKind;
  /** Digest of the file, lower-case hexadecimal; left out for a sample or a spoken statement. */
  @IsOptional() @Matches(/^[0-9a-f]{64}$/) sha256?: string;
  @Words(2000) description!: string;
}
export class RequestManufacturerSupport { @Word(500) manufacturer!: string; @Words() question!: string }
export class RaiseSupplierQuery { @Word(500) supplier!: string; @Words() query!: string }
export class DecideDisposition {
  @IsBoolean() interim!: boolean;
  @IsIn(DISPOSITIONS) disposition!: Disposition;
  @Words() opinion!: string;
}
export class ReachVerdict {
  @IsIn(VERDICTS) verdict!: Verdict;
  @IsOptional() @IsIn(FAULTS) fault?: Fault;
  @Words() finding!: string;
}
export class NotifyQualityHead { @Word() head!: string }
/**
 * `department` is the company's own name for it, such as production: P002B-23 looks for the fault in departments of the
 * maker, which have no account here and stand in no register. No table, clock or penalty reads it.
 */
export class AssignResponsibility { @Word() department!: string; @IsOptional() @Word() account?: string }
export class RequestCorrectiveAction {
  @IsIn(['corrective', 'preventive']) kind!: 'corrective' | 'preventive';
  @Word() department!: string;
  @Words() action!: string;
}

/** Commands given by reactions only; no route leads to them. */
export interface OpenInvestigation {
  readonly round: number;
  readonly customerId: string | null;
  readonly locality: Locality;
  readonly goods: Goods | null;
  readonly awareAt: string;
  readonly subject: string;
  readonly description: string | null;
}
export interface ReopenInvestigation {
  readonly round: number;
  readonly customerId: string | null;
  readonly locality: Locality;
  readonly goods: Goods | null;
  /** When the customer said no. */
  readonly awareAt: string;
  readonly why: string | null;
}
export interface WithdrawInvestigation { readonly why: 'unfounded' | 'reclassified' }

export interface InvestigationCommands {
  OpenInvestigation: OpenInvestigation;
  ReopenInvestigation: ReopenInvestigation;
  WithdrawInvestigation: WithdrawInvestigation;
  AssessSeverity: AssessSeverity;
  GradeProblem: GradeProblem;
  DetermineGrade: DetermineGrade;
  DispatchSiteVerification: DispatchSiteVerification;
  CompleteSiteVerification: CompleteSiteVerification;
  AddEvidence: AddEvidence;
  RequestManufacturerSupport: RequestManufacturerSupport;
  RaiseSupplierQuery: RaiseSupplierQuery;
  DecideDisposition: DecideDisposition;
  ReachVerdict: ReachVerdict;
  NotifyQualityHead: NotifyQualityHead;
  AssignResponsibility: AssignResponsibility;
  RequestCorrectiveAction: RequestCorrectiveAction;
}
