import type { Static } from 'typebox';
import { count, exactly, id, oneOf, orNull, plainDate, text } from '../event-type.js';
import { Type } from '../schema.js';

/** Closed lists shared by several departments. Chinese terms: docs/domain/glossary.md. */
export const CHANNELS = ['hotline', 'online', 'e-mail', 'letter', 'fax', 'walk-in', 'salesperson', 'register'] as const;
export const COMPLAINT_CLASSES = ['service', 'product-quality', 'adverse-reaction'] as const;
export const REMEDIES = ['return', 'exchange', 'price-concession', 'mail-back-exchange', 'repair', 'apology', 'explanation'] as const;
export const LOCALITIES = ['local', 'non-local'] as const;
export const VERDICTS = ['conforming', 'nonconforming'] as const;
export const RETURN_REASONS = ['quality', 'expired', 'mis-shipped', 'unsaleable', 'other'] as const;

export type UndeterminedWhy = (typeof UNDETERMINED_WHY)[number];
export type Channel = (typeof CHANNELS)[number];
export type ComplaintClass = (typeof COMPLAINT_CLASSES)[number];
export type Remedy = (typeof REMEDIES)[number];
export type Locality = (typeof LOCALITIES)[number];
export type Verdict = (typeof VERDICTS)[number];
export type ReturnReason = (typeof RETURN_REASONS)[number];

/**
 * What a command may name as not known of the goods. Records of before hold any word, so the event takes any: a word that
 * is not here says nothing to a rule.
 */
export const GOODS_NOT_KNOWN = ['productCode', 'productName', 'model', 'lot', 'manufacturedOn', 'arrivedOn', 'expiresOn', 'quantity'] as const satisfies readonly Exclude<keyof Goods, 'notKnown'>[];

/** The goods complained about. `notKnown` names members the customer was asked for and could not state. */
export const goods = exactly({
  productCode: orNull(id),
  productName: orNull(text),
  model: orNull(text),
  lot: orNull(id),
  manufacturedOn: orNull(plainDate),
  arrivedOn: orNull(plainDate),
  expiresOn: orNull(plainDate),
  quantity: orNull(count),
  notKnown: Type.Array(id),
});

/** Who the case is for: the purchasing unit, where there is one, and how far away. */
export const buyer = exactly({ customerId: orNull(id), locality: oneOf(LOCALITIES) });

/** Reference to the case that every department carries. */
export const caseRef = exactly({ caseId: id, round: Type.Integer({ minimum: 1 }) });

export type Goods = Static<typeof goods>;
export type Buyer = Static<typeof buyer>;
export type CaseRef = Static<typeof caseRef>;

/** Why a decision table gives no answer; a person gives it instead. */
export const UNDETERMINED_WHY = ['no-match', 'several-match', 'missing-input', 'open-point', 'not-adopted'] as const;
