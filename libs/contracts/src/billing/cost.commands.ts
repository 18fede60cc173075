import { IsBoolean, IsDefined, IsIn, IsOptional } from 'class-validator';
import { CaseId, MoneyPart, Nested, Word, Words } from '../shared/command-parts.js';
import { COST_PAYERS, type CostPayer } from './cost.events.js';

export class RecordReturnCost {
  @Word() returnId!: string;
  @IsOptional() @CaseId() caseId?: string;
  @IsIn(['freight', 'other']) kind!: 'freight' | 'other';
  /** P003-24: the goods came in for a closer look, because the problem was hard to define on site. */
  @IsBoolean() temporary!: boolean;
  @IsDefined() @Nested(() => MoneyPart) amount!: MoneyPart;
  /** The party found responsible; the policy says who pays where it is left out. */
  @IsOptional() @IsIn(COST_PAYERS) responsible?: CostPayer;
  @IsOptional() @Words(2000) note?: string;
}

export interface CostCommands { RecordReturnCost: RecordReturnCost }
