import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import { Instant, Word, Words } from '../shared/command-parts.js';
import { CHANNELS, type Channel } from '../shared/vocabulary.js';

/** P000-21: who asks, what, and how to reach them. */
export class ReceiveInquiry {
  @IsIn(CHANNELS) channel!: Channel;
  @Instant() awareAt!: string;
  @IsOptional() @Word() customerId?: string;
  @IsOptional() @Word(500) productName?: string;
  @Words(500) inquirer!: string;
  @IsOptional() @Words(100) phone?: string;
  @IsOptional() @Words(1000) address?: string;
  @IsOptional() @Words(320) email?: string;
  @Words() question!: string;
}
/**
 * `to` is whoever knows the answer: an account, or a department such as R&D that holds no role here (P000-23). The clock
 * runs and the reply is drafted whoever it is; only the list can be filtered by it.
 */
export class TransferInquiry { @Word() to!: string; @Words(2000) why!: string }
export class DraftReply { @Words() reply!: string }
export class ReviewReply { @IsBoolean() accepted!: boolean; @IsOptional() @Words(2000) remark?: string }
export class SendReply {}

export interface InquiryCommands {
  ReceiveInquiry: ReceiveInquiry;
  TransferInquiry: TransferInquiry;
  DraftReply: DraftReply;
  ReviewReply: ReviewReply;
  SendReply: SendReply;
}
