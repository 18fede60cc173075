import { IsIn, IsOptional } from 'class-validator';
import { Instant, Word, Words } from '../shared/command-parts.js';
import { CHANNELS, type Channel } from '../shared/vocabulary.js';

export class ReceiveSuggestion {
  @IsIn(CHANNELS) channel!: Channel;
  @Instant() heardAt!: string;
  @IsOptional() @Word() customerId?: string;
  @Words(500) suggester!: string;
  @IsOptional() @Words(100) phone?: string;
  @IsOptional() @Words(320) email?: string;
  @Words() suggestion!: string;
}
export class ForwardSuggestion { @Word() to!: string }
export class AnswerSuggestion {
  @IsIn(['adopted', 'declined', 'kept-in-view']) decision!: 'adopted' | 'declined' | 'kept-in-view';
  @Words() answer!: string;
}

export interface SuggestionCommands {
  ReceiveSuggestion: ReceiveSuggestion;
  ForwardSuggestion: ForwardSuggestion;
  AnswerSuggestion: AnswerSuggestion;
}
