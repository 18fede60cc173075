/**
 * Every member of RegisterComplaint that a column can fill. `kind` says how its text is read; the checks themselves,
 * lengths included, are those of the command, in intake. A `personal` value is never repeated in a message.
 */
export interface Target {
  readonly kind: 'text' | 'instant' | 'date' | 'integer' | 'customer-code';
  readonly personal: boolean;
  /** Without it there is no complaint (P000-27, P002A-08). */
  readonly required: boolean;
}

const said: Target = { kind: 'text', personal: true, required: false };
const plain: Target = { kind: 'text', personal: false, required: false };
const date: Target = { kind: 'date', personal: false, required: false };

export const TARGETS: Readonly<Record<string, Target>> = {
  channel: { ...plain, required: true },
  occurredAt: { kind: 'instant', personal: false, required: false },
  awareAt: { kind: 'instant', personal: false, required: true },
  customerId: { kind: 'customer-code', personal: false, required: false },
  locality: { ...plain, required: true },
  complainant: { ...said, required: true },
  phone: said, address: said, email: said,
  subject: { ...said, required: true },
  description: said,
  demand: { ...said, required: true },
  'classification.class': plain,
  'classification.complainedOf': plain,
  'classification.description': said,
  'classification.goods.productCode': plain,
  'classification.goods.productName': plain,
  'classification.goods.model': plain,
  'classification.goods.lot': plain,
  'classification.goods.manufacturedOn': date,
  'classification.goods.arrivedOn': date,
  'classification.goods.expiresOn': date,
  'classification.goods.quantity': { kind: 'integer', personal: false, required: false },
  'classification.reaction.reactionTerm': said,
  'classification.reaction.takenOn': date,
  'classification.reaction.quantityTaken': said,
  'classification.reaction.concomitantDrugs': said,
};

/** The part of the command whose `notKnown` may name this member; null where silence has no name. */
export function partOf(target: string): 'goods' | 'reaction' | null {
  if (target.startsWith('classification.goods.')) return 'goods';
  return target.startsWith('classification.reaction.') ? 'reaction' : null;
}
