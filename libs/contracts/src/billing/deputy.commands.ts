import { IsIn, IsOptional } from 'class-validator';
import { PlainDate, Word } from '../shared/command-parts.js';
import { APPROVER_ROLES, type ApproverRole } from './approval.events.js';

/** The office is always named: accounts and their roles are in no log. Dates are days of the business zone, both included. */
export class AppointDeputy {
  @IsIn(APPROVER_ROLES) forRole!: ApproverRole;
  /** The holder who is away; the caller himself when left out by the holder of the office. */
  @IsOptional() @Word() forPerson?: string;
  @Word() deputy!: string;
  @PlainDate() from!: string;
  @PlainDate() to!: string;
}
export class EndDeputyship { @Word() deputyship!: string }

export interface DeputyCommands { AppointDeputy: AppointDeputy; EndDeputyship: EndDeputyship }

/** One deputyship as a fact of a decision. */
export interface DeputyshipFact {
  readonly id: string;
  readonly role: ApproverRole;
  readonly person: string | null;
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
  readonly appointedBy: string;
  readonly ended: boolean;
}
