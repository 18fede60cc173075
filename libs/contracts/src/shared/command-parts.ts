import {
  ArrayMaxSize, IsArray, IsIn, IsInt, IsISO8601, IsNotEmpty, IsOptional, IsString, Matches, Max, MaxLength, Min, ValidateBy, ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import { OPENED_CASE } from 'aftercare/kernel';
import { applyDecorators, writtenAs } from './decorate.js';
import { GOODS_NOT_KNOWN, type Goods } from './vocabulary.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** A name, a code, an account: short and on one line. */
export const Word = (max = 100) => applyDecorators(IsString(), IsNotEmpty(), MaxLength(max), Matches(/^[^\p{Cc}]*$/u));
/**
 * The case that something belongs to: the `id` that opening the case gave. What a command with such a `caseId` opens is
 * recorded under that case and decided by its policy.
 */
export const CaseId = () => Matches(OPENED_CASE);
/** A customer's or a colleague's own words. */
export const Words = (max = 20_000) => applyDecorators(IsString(), IsNotEmpty(), MaxLength(max));
export const REASON_MOST = 500;
/** A reason somebody can be asked about, more than a shrug: so many characters, no blank at either end, no line break. */
export const isReason = (text: unknown, least: number): boolean => typeof text === 'string' && text.length >= least && /^\S[^\u0000-\u001f]*\S$/.test(text);
/** Checked as one rule, so that its refusal says all it asks for. */
export const Reason = (least: number) => applyDecorators(Words(REASON_MOST), ValidateBy({ name: 'isReason', constraints: [least], validator: { validate: (text) => isReason(text, least) } }));

/** ISO 8601 with an explicit offset: a time without zone is refused, because it would be guessed. */
export const Instant = () => applyDecorators(writtenAs(inUtc), IsISO8601({ strict: true }), Matches(INSTANT));

/** One written form per instant, so that stored times compare as text; what is no instant is left for the checks. */
function inUtc(value: unknown): unknown {
  if (typeof value !== 'string' || !INSTANT.test(value)) return value;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? value : new Date(ms).toISOString();
}

export const PlainDate = () => applyDecorators(IsISO8601({ strict: true }), Matches(DATE));
export const Pieces = (min = 0) => applyDecorators(IsInt(), Min(min), Max(1_000_000_000));
export const ListOf = (max: number) => applyDecorators(IsArray(), ArrayMaxSize(max));

/** Integer minor units (分). */
export class MoneyPart {
  @IsInt() @Min(0) @Max(1_000_000_000_000) minor!: number;
  @IsIn(['CNY']) currency!: 'CNY';
}

/** The goods a case is about. What the customer was asked for and could not state is named in `notKnown`. */
export class GoodsPart {
  @IsOptional() @Word() productCode?: string;
  @IsOptional() @Word(500) productName?: string;
  @IsOptional() @Word(500) model?: string;
  @IsOptional() @Word() lot?: string;
  @IsOptional() @PlainDate() manufacturedOn?: string;
  @IsOptional() @PlainDate() arrivedOn?: string;
  @IsOptional() @PlainDate() expiresOn?: string;
  @IsOptional() @Pieces() quantity?: number;
  @IsOptional() @ListOf(20) @IsIn(GOODS_NOT_KNOWN, { each: true }) notKnown?: string[];
}

export const Nested = (part: () => new () => object) => applyDecorators(ValidateNested(), Type(part));

/** What is recorded of the goods: every member present, null where nothing was said. */
export function goodsOf(part: GoodsPart): Goods {
  const { productCode, productName, model, lot, manufacturedOn, arrivedOn, expiresOn, quantity, notKnown } = part;
  return {
    productCode: productCode ?? null, productName: productName ?? null, model: model ?? null, lot: lot ?? null,
    manufacturedOn: manufacturedOn ?? null, arrivedOn: arrivedOn ?? null, expiresOn: expiresOn ?? null,
    quantity: quantity ?? null, notKnown: notKnown ?? [],
  };
}
