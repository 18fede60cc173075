import { IsBoolean, IsIn, IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { MoneyPart, Nested, PlainDate, Word, Words } from '../shared/command-parts.js';
import { FAULT_CAUSES, type FaultCause } from './incentive.events.js';

/** Who is at fault is in no event: a person says so. */
export class RecordFault {
  @Word() person!: string;
  @IsIn(FAULT_CAUSES) cause!: FaultCause;
  @PlainDate() happenedOn!: string;
  @IsBoolean() grave!: boolean;
  /** P002B-41: what it cost the company; a fine is proposed only then. */
  @IsOptional() @Nested(() => MoneyPart) loss?: MoneyPart;
  @Words(2000) account!: string;
}
/** P002B-42, P002B-43: for one month, `YYYY-MM`. */
export class ProposeBonus {
  @Word() person!: string;
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/) period!: string;
  @IsIn(['outstanding', 'consumer-service']) ground!: 'outstanding' | 'consumer-service';
}
/** P003-43: for one year that is over. */
export class ProposeYearAward { @Word() person!: string; @Matches(/^\d{4}$/) period!: string }
export class DecideIncentive {
  @Word() proposal!: string;
  @IsIn(['confirmed', 'reduced', 'rejected']) outcome!: 'confirmed' | 'reduced' | 'rejected';
  /** Within the range where one is proposed; below the proposal where it is reduced. */
  @IsOptional() @Nested(() => MoneyPart) amount?: MoneyPart;
  @IsOptional() @IsInt() @Min(1) @Max(1000) points?: number;
  @Words(2000) reason!: string;
}

interface OfPerson { readonly person: string; readonly period: string; readonly basis: readonly string[] }

/** Commands given by reactions only; no route leads to them. */
export interface NoteComplainedOf { readonly person: string; readonly awareAt: string; readonly event: string }
export interface NoteValidity { readonly valid: boolean; readonly event: string }
export interface NoteLateImplementation { readonly clock: string; readonly dueAt: string; readonly event: string }
export interface NoteUpheldComplaint extends OfPerson { readonly caseId: string }
export interface NoteFault extends OfPerson {
  readonly fault: string;
  readonly cause: FaultCause;
  readonly grave: boolean;
  readonly loss: MoneyPart | null;
  readonly recordedBy: string;
}
/** What the department's own books say of the year; the caller does not state it. */
export interface YearFacts { readonly complaints: number }

export interface ConductCommands {
  NoteComplainedOf: NoteComplainedOf;
  NoteValidity: NoteValidity;
  NoteLateImplementation: NoteLateImplementation;
  RecordFault: RecordFault;
}
export interface IncentiveCommands {
  NoteUpheldComplaint: NoteUpheldComplaint;
  NoteFault: NoteFault;
  ProposeBonus: ProposeBonus;
  ProposeYearAward: ProposeYearAward & { readonly facts: YearFacts };
  DecideIncentive: DecideIncentive;
}
