import { IsBoolean, IsDefined, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Nested, Words } from '../shared/command-parts.js';
import { RATING_LEVELS, type RatingLevel } from './callback.events.js';

/** Nobody answered, or not the customer. */
export class RecordAttempt { @IsOptional() @Words(2000) note?: string }

export class RatingsPart {
  @IsIn(RATING_LEVELS) timeliness!: RatingLevel;
  @IsIn(RATING_LEVELS) attitude!: RatingLevel;
  @IsIn(RATING_LEVELS) competence!: RatingLevel;
  @IsIn(RATING_LEVELS) outcome!: RatingLevel;
}

export class CompleteCallback {
  @IsDefined() @Nested(() => RatingsPart) ratings!: RatingsPart;
  @IsIn(['satisfied', 'dissatisfied']) outcome!: 'satisfied' | 'dissatisfied';
  /** Length of the call. */
  @IsInt() @Min(0) @Max(86_400) seconds!: number;
  @IsBoolean() prolongedByCustomer!: boolean;
  /** Whether the set opening and the set thanks were said. */
  @IsOptional() @IsBoolean() opened?: boolean;
  @IsOptional() @IsBoolean() thanked?: boolean;
  /** The customer's own words. */
  @IsOptional() @Words(2000) remark?: string;
  @IsOptional() @Words(2000) notes?: string;
}

/** Commands given by reactions only; no route leads to them. */
export interface ExpectCallback {
  readonly customerId: string | null;
  readonly awareAt: string;
  readonly subject: string;
  readonly complainant: string | null;
  readonly phone: string | null;
}
export interface ScheduleCallback { readonly round: number; readonly communicatedAt: string }
export type WithdrawCallback = object;

export interface CallbackCommands {
  RecordAttempt: RecordAttempt;
  CompleteCallback: CompleteCallback;
  ExpectCallback: ExpectCallback;
  ScheduleCallback: ScheduleCallback;
  WithdrawCallback: WithdrawCallback;
}
