import { Type, type Static } from 'typebox';

/**
 * Every key of a policy that the program reads, with the shape it must have. A company cannot adopt a combination that
 * leaves one of them neither bound nor switched off; `aftercare policy check` finds keys that no pack knows.
 */
const words = Type.Array(Type.String());
const oneOf = <const V extends readonly string[]>(values: V) => Type.Unsafe<V[number]>(Type.Enum([...values]));
const some = <const V extends readonly string[]>(values: V) => Type.Unsafe<readonly V[number][]>(Type.Array(Type.Enum([...values])));

export const SETTINGS_READ = {
  'complaint.required_fields': words,
  'complaint.required_fields.quality': some(['productName', 'lot', 'manufacturedOn', 'arrivedOn'] as const),
  'adr.required_fields': some(['productName', 'lot', 'takenOn', 'quantityTaken', 'concomitantDrugs'] as const),
  'inquiry.required_fields': words,
  'return.required_fields': some(['customer', 'orderNumber', 'reason', 'goods'] as const),
  'complaint.reopen_max_rounds': Type.Union([Type.Integer(), Type.Null()]),
  'complaint.major.loss_threshold': Type.Integer(),
  'complaint.validity_test': words,
  'callback.max_attempts': Type.Integer(),
  'callback.max_duration': Type.Integer(),
  'quality.site_verification.serious_unclear': Type.Boolean(),
  'return.requires_unexpired_lot': Type.Boolean(),
  'return.exchange_rate_limit': Type.Integer(),
  'return.exchange_window': Type.Integer(),
  'return.stock_in_signatures': some(['after-sales', 'operations', 'quality'] as const),
  'return.freight_payer': oneOf(['company', 'customer', 'party-at-fault'] as const),
  'return.other_cost_payer': oneOf(['company', 'customer', 'party-at-fault'] as const),
} as const;

export const CLOCKS_READ = [
  'complaint.first_contact', 'complaint.reply', 'complaint.reply.in_authority', 'complaint.escalate_to_head', 'complaint.head_opinion',
  'complaint.relay_opinion', 'complaint.implement', 'complaint.total', 'complaint.major.report', 'complaint.major.report_to_head',
  'adr.technical_reply', 'quality.site_verification.local', 'quality.site_verification.remote', 'quality.disposition',
  'quality.resume_sale_notice', 'quality.hold_release', 'return.slip_to_customer',
] as const;

export const TABLES_READ = ['billing.price_approval.bands', 'billing.waiver.bands'] as const;

export type SettingKey = keyof typeof SETTINGS_READ;
export type SettingValue<K extends SettingKey> = Static<(typeof SETTINGS_READ)[K]>;
export type ClockKey = (typeof CLOCKS_READ)[number];
export type TableKey = (typeof TABLES_READ)[number];
