import type { Bilingual } from 'aftercare/kernel';
import { COMPLAINT_CLASSES, LOCALITIES, PRODUCT_KINDS, REPORTING_DUTIES, RETURN_REASONS } from 'aftercare/contracts';

/**
 * Every key of a policy that the program reads, with the shape its value must have. A company cannot adopt a
 * combination that leaves one of them neither bound nor switched off; `aftercare policy check` names what is missing.
 */
interface Shape<T> {
  /** What a pack has to say, in words for the person who writes it. */
  readonly says: Bilingual;
  readonly holds: (value: unknown) => value is T;
  /** In which unit the number is read; a pack that writes another one means another value. */
  readonly unit?: string;
  /** Whether the value, or the names in it, are roles that somebody has to hold. */
  readonly roles?: 'value' | 'names';
}

const isInteger = (value: unknown): value is number => Number.isSafeInteger(value);
const isCount = (value: unknown): value is number => isInteger(value) && value >= 0;
const isWords = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');

const integer = (unit: string): Shape<number> => ({ says: { zh: '不小于 0 的整数', en: 'a whole number, 0 or more' }, holds: isCount, unit });
/** Null: the source says there is no limit. */
const integerOrNone = (unit: string): Shape<number | null> =>
  ({ says: { zh: '不小于 0 的整数，或不限（kind: unlimited）', en: 'a whole number, 0 or more, or unlimited' }, holds: (value): value is number | null => value === null || isCount(value), unit });
/** Who may, by role; one role alone needs no list. */
const roles: Shape<string | readonly string[]> = {
  says: { zh: '一个角色，或角色列表', en: 'a role, or a list of roles' }, roles: 'value', holds: (value): value is string | readonly string[] => [value].flat().every((role) => typeof role === 'string' && /^[a-z]+(\.[a-z-]+)?$/.test(role)),
};
/** Money by role, in minor units (分). */
const moneyByRole: Shape<Readonly<Record<string, number>>> = {
  says: { zh: '按角色列出的整数，均不小于 0', en: 'a mapping of whole numbers, 0 or more, by role' }, unit: 'fen', roles: 'names',
  holds: (value): value is Readonly<Record<string, number>> => typeof value === 'object' && value !== null && Object.values(value).every(isCount),
};
/** Minor units (分), both ends included. */
const range: Shape<{ readonly from: number; readonly to: number }> = {
  says: { zh: '金额范围，from 不大于 to', en: 'a range of amounts whose from is not above its to' },
  holds: (value): value is { readonly from: number; readonly to: number } =>
    typeof value === 'object' && value !== null && 'from' in value && 'to' in value && isInteger(value.from) && isInteger(value.to) && value.from <= value.to,
};
const flag: Shape<boolean> = { says: { zh: 'true 或 false', en: 'true or false' }, holds: (value): value is boolean => typeof value === 'boolean' };
const oneOf = <const V extends readonly string[]>(...values: V): Shape<V[number]> =>
  ({ says: { zh: `以下之一：${values.join('、')}`, en: `one of ${values.join(', ')}` }, holds: (value): value is V[number] => values.includes(value as string) });
const someOf = <const V extends readonly string[]>(...values: V): Shape<readonly V[number][]> =>
  ({ says: { zh: `列表，其项取自：${values.join('、')}`, en: `a list out of ${values.join(', ')}` }, holds: (value): value is readonly V[number][] => isWords(value) && value.every((item) => values.includes(item)) });

/** Amounts are integer minor units (分) by the time they are read. */
export const SETTINGS_READ = {
  'complaint.required_fields.quality': someOf('productName', 'lot', 'manufacturedOn', 'arrivedOn'),
  'adr.required_fields': someOf('productName', 'lot', 'takenOn', 'quantityTaken', 'concomitantDrugs'),
  'return.required_fields': someOf('customer', 'orderNumber', 'reason', 'goods'),
  'complaint.validity_test': someOf('groundsSufficient', 'demandReasonable', 'companyError'),
  'complaint.reclassification_roles': roles,
  'complaint.interim_reply.latest_promise': integerOrNone('days'),
  'complaint.reopen_max_rounds': integerOrNone('rounds'),
  'callback.max_attempts': integer('attempts'),
  'callback.max_duration': integer('seconds'),
  'quality.site_verification.serious_unclear': flag,
  'return.requires_unexpired_lot': flag,
  'return.exchange_rate_limit': integer('basis-points'),
  'return.exchange_window': integer('days'),
  'return.stock_in_signatures': someOf('after-sales', 'operations', 'quality'),
  'return.exception_approver': roles,
  'return.cancellation.application_roles': roles,
  'return.cancellation.approval_roles': roles,
  'return.freight_payer': oneOf('company', 'customer', 'party-at-fault'),
  'return.other_cost_payer': oneOf('company', 'customer', 'party-at-fault'),
  /** Who names a deputy for somebody else's office, and ends any deputyship. */
  'approval.deputy_overseers': roles,
  /** What one person may sign for in a calendar month, by role. */
  'approval.limit_per_person_month': moneyByRole,
  'performance.penalty_points.negligence': integer('points'),
  'performance.penalty_points.late_implementation': integer('points'),
  'performance.fine.negligence': range,
  'performance.bonus.outstanding': range,
  'performance.bonus.consumer_service': range,
} as const satisfies Readonly<Record<string, Shape<unknown>>>;

export const CLOCKS_READ = [
  'complaint.first_contact', 'complaint.reply', 'complaint.reply.in_authority', 'complaint.escalate_to_head', 'complaint.head_opinion',
  'complaint.relay_opinion', 'complaint.interim_reply', 'complaint.investigation_start', 'complaint.outcome_notice', 'complaint.implement', 'complaint.total', 'complaint.major.report', 'complaint.major.report_to_head',
  'adr.technical_reply', 'quality.site_verification.local', 'quality.site_verification.remote', 'quality.disposition',
  'quality.resume_sale_notice', 'quality.hold_release', 'quality.manufacturer_contact', 'quality.report_to_quality_head', 'quality.hold_placement',
  'quality.sales_block', 'quality.stop_sale_notice',
  'return.request_acknowledge', 'return.instruction_notice', 'return.logistics_handling', 'return.transport_order', 'return.inspection', 'return.value_entry',
  'return.slip_to_customer', 'return.outcome_notice',
  'inquiry.reply', 'inquiry.transfer', 'inquiry.complex_reply', 'callback.after_resolution',
  'adr.report.death', 'adr.report.serious', 'adr.report.other', 'device_event.report.death', 'device_event.report.serious', 'approval.expiry',
] as const;

type FactValues = Readonly<Record<string, readonly string[]>>;
const REPORT_FACTS: FactValues = { productKind: PRODUCT_KINDS, duty: REPORTING_DUTIES, minimumCriteria: ['met', 'missing'] };

/**
 * What the program tells a clock of a key before it starts, as the facts of the clock tables of the departments have
 * it. A clock that asks about anything else, or about a value that never comes, starts under no case.
 */
export const FACTS_TOLD: Readonly<Partial<Record<ClockKey, FactValues>>> = {
  'complaint.head_opinion': { class: COMPLAINT_CLASSES },
  'quality.site_verification.local': { locality: LOCALITIES },
  'quality.site_verification.remote': { locality: LOCALITIES },
  'return.inspection': { reason: RETURN_REASONS },
  'adr.report.death': REPORT_FACTS, 'adr.report.serious': REPORT_FACTS, 'adr.report.other': REPORT_FACTS,
  'device_event.report.death': REPORT_FACTS, 'device_event.report.serious': REPORT_FACTS,
};

export const TABLES_READ = [
  'billing.price_approval.bands', 'billing.waiver.bands', 'return.signatories', 'return.eligibility', 'return.eligibility.quality', 'adr.reportability', 'device_event.reportability',
  'approval.authority_matrix', 'performance.fine.complaint_count', 'performance.dismissal.complaint_count', 'performance.award.zero_complaints',
  'triage.severity', 'complaint.routing', 'quality.grade_criteria',
] as const;

export type SettingKey = keyof typeof SETTINGS_READ;
export type SettingValue<K extends SettingKey> = (typeof SETTINGS_READ)[K] extends Shape<infer T> ? T : never;
export type ClockKey = (typeof CLOCKS_READ)[number];
export type TableKey = (typeof TABLES_READ)[number];
