import { ArrayMinSize, IsBoolean, IsIn, IsOptional } from 'class-validator';
import { GoodsPart, Instant, ListOf, MoneyPart, Nested, PlainDate, Word, Words } from '../shared/command-parts.js';
import {
  CHANNELS, COMPLAINT_CLASSES, LOCALITIES, REMEDIES,
  type Channel, type ComplaintClass, type Locality, type Remedy, type Verdict,
} from '../shared/vocabulary.js';
import { MINIMUM_ELEMENTS } from '../quality/reaction-report.events.js';
import { MAJOR_TRIGGERS, URGENCIES, type MajorTrigger, type Urgency } from './complaint.events.js';

/**
 * What the customer could not say of the reaction: a member of the part, or one of the four elements without which day 0
 * has not come. `productName` belongs to the goods and counts here too, for the element `product`.
 */
export const REACTION_NOT_KNOWN = ['reactionTerm', 'takenOn', 'quantityTaken', 'concomitantDrugs', 'productName', ...MINIMUM_ELEMENTS] as const;

export class ReactionPart {
  @IsOptional() @Words(500) reactionTerm?: string;
  @IsOptional() @PlainDate() takenOn?: string;
  @IsOptional() @Words(500) quantityTaken?: string;
  @IsOptional() @Words(2000) concomitantDrugs?: string;
  @IsOptional() @ListOf(20) @IsIn(REACTION_NOT_KNOWN, { each: true }) notKnown?: string[];
}

export class ClassifyComplaint {
  @IsIn(COMPLAINT_CLASSES) class!: ComplaintClass;
  @IsOptional() @Nested(() => GoodsPart) goods?: GoodsPart;
  @IsOptional() @Nested(() => ReactionPart) reaction?: ReactionPart;
  /** Staff account complained of. */
  @IsOptional() @Word() complainedOf?: string;
  /** What the investigating department has to know, when the class comes later than the registration. */
  @IsOptional() @Words() description?: string;
}

export class SourceRow {
  @Word() register!: string;
  @Word() row!: string;
}

/** Four members are enough to save a complaint (P000-27); the class may follow later. */
export class RegisterComplaint {
  @IsIn(CHANNELS) channel!: Channel;
  @IsOptional() @Instant() occurredAt?: string;
  @Instant() awareAt!: string;
  @IsOptional() @Word() customerId?: string;
  @IsIn(LOCALITIES) locality!: Locality;
  @Words(500) complainant!: string;
  @IsOptional() @Words(100) phone?: string;
  @IsOptional() @Words(1000) address?: string;
  @IsOptional() @Words(320) email?: string;
  @Words(500) subject!: string;
  @IsOptional() @Words() description?: string;
  @Words(2000) demand!: string;
  @IsOptional() @Nested(() => ClassifyComplaint) classification?: ClassifyComplaint;
  @IsOptional() @Nested(() => SourceRow) source?: SourceRow;
}

export class DetermineValidity {
  @IsBoolean() groundsSufficient!: boolean;
  @IsBoolean() demandReasonable!: boolean;
  @IsBoolean() companyError!: boolean;
  @Words(2000) explanation!: string;
}

export class AssignCase { @Word() handler!: string }
export class RecordFirstContact { @Instant() contactedAt!: string; @Words() note!: string }
export class IssueApology { @Words(2000) note!: string }
export class SendProgressUpdate { @Words(2000) note!: string }
export class SendInterimReply { @Words() reply!: string; @Instant() promisedAt!: string }
export class FlagMajor {
  @IsIn(MAJOR_TRIGGERS) trigger!: MajorTrigger;
  @IsOptional() @Nested(() => MoneyPart) loss?: MoneyPart;
  @Instant() learnedAt!: string;
}
/** Answers a flag that no rule answered. */
export class DetermineMajor { @IsBoolean() major!: boolean; @Words(2000) reasoning!: string }
export class RouteCase { @IsOptional() @IsIn(URGENCIES) urgency?: Urgency }
/** Names a role where no rule does. */
export class DecideRouting { @Word() to!: string; @Words(2000) reasoning!: string }
export class ReportMajor { @Word() reportedTo!: string }
export class AssignDedicatedHandler { @Word() handler!: string; @Word() supervisor!: string }
export class EscalateToHead { @Word() to!: string; @Words(2000) why!: string }
export class GiveHandlingOpinion { @Words() opinion!: string }
export class FixHandlingPlan {
  @ListOf(7) @ArrayMinSize(1) @IsIn(REMEDIES, { each: true }) remedies!: Remedy[];
  @IsOptional() @Nested(() => MoneyPart) compensation?: MoneyPart;
  @Words() plan!: string;
}
export class RecordImplementation { @Words(2000) note!: string }
export class CommunicateOutcome { @Words() message!: string }
export class ResolveOnSpot { @Words() resolution!: string }
export class RecordSummary { @Words() summary!: string; @IsOptional() @Word(500) responsibleStep?: string }
export class CloseCase {}

/** Commands given by reactions only; no route leads to them. */
export interface NoteQualityVerdict { readonly verdict: Verdict; readonly investigationId: string; readonly finding: string; readonly round: number }
export interface NoteTechnicalReply { readonly reportId: string; readonly reply: string; readonly round: number }
export interface SettleRemedy {
  readonly remedy: 'return' | 'compensation';
  readonly outcome: 'done' | 'refused' | 'rejected';
  readonly reference: string;
  readonly reason: string | null;
  readonly round: number;
}
export interface NoteSatisfaction {
  readonly outcome: 'satisfied' | 'dissatisfied' | 'unreachable';
  readonly callbackId: string;
  readonly remark: string | null;
  readonly round: number;
}

/** Something that a person opened in another department names this case; `opened` is its log and type. */
export interface NoteOpenedForCase { readonly opened: string }

export interface ComplaintCommands {
  RegisterComplaint: RegisterComplaint;
  ClassifyComplaint: ClassifyComplaint;
  DetermineValidity: DetermineValidity;
  AssignCase: AssignCase;
  RecordFirstContact: RecordFirstContact;
  IssueApology: IssueApology;
  SendProgressUpdate: SendProgressUpdate;
  SendInterimReply: SendInterimReply;
  FlagMajor: FlagMajor;
  DetermineMajor: DetermineMajor;
  RouteCase: RouteCase;
  DecideRouting: DecideRouting;
  ReportMajor: ReportMajor;
  AssignDedicatedHandler: AssignDedicatedHandler;
  EscalateToHead: EscalateToHead;
  GiveHandlingOpinion: GiveHandlingOpinion;
  FixHandlingPlan: FixHandlingPlan;
  RecordImplementation: RecordImplementation;
  CommunicateOutcome: CommunicateOutcome;
  ResolveOnSpot: ResolveOnSpot;
  RecordSummary: RecordSummary;
  CloseCase: CloseCase;
  NoteQualityVerdict: NoteQualityVerdict;
  NoteTechnicalReply: NoteTechnicalReply;
  SettleRemedy: SettleRemedy;
  NoteSatisfaction: NoteSatisfaction;
  NoteOpenedForCase: NoteOpenedForCase;
}
