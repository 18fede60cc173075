import { IsIn } from 'class-validator';
import { Word, Words } from '../shared/command-parts.js';
import type { Goods } from '../shared/vocabulary.js';
import { SERIOUSNESS, type Seriousness } from './reaction-report.events.js';

/** Staff account of the technical department. */
export class TransferToTechnical { @Word() to!: string }
export class AssessReaction { @IsIn(SERIOUSNESS) seriousness!: Seriousness; @Words(2000) reasoning!: string }
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
}
