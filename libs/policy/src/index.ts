export { digestOf, documentOf, textOf, type AdoptedText, type AdoptionDocument } from './adoption/document.js';
export type { CompanyPolicy, WorkingWindow } from './adoption/adoption.schema.js';
export { PolicyBook } from './adoption/policy-book.js';
export {
  authorityIn, expiryOf, isExpired, isWithinLimit, limitOf, mayReject, maySign, nextToSign, periodOf, SIGNING_ORDERS, stillToSign, whyNotAppoint,
  type Admitted, type Authority, type Deputyship, type SigningOrder, type SigningRefused,
} from './approvals/index.js';
export { addWorkingDays, cutOff, localDate, type Calendar, type WorkingYear } from './calendars/calendar.js';
export { CN_2026 } from './calendars/cn-2026.js';
export * from './clocks.js';
export type { ClockEntry, PackEntry, PolicyPack, TableEntry, TableRow } from './pack/pack.schema.js';
export { readCompany, readPacks, UnreadablePolicyFile, type PackFile } from './pack/read-packs.js';
export { nameOf, type AdoptionName, type Citation, type PolicySet } from './policy-set.js';
export { policyFolder } from './shipped.js';
export { policyBook, policySet } from './shipped-policy.js';
export type { ClockTerms, Escalation, Reckoned, Span, TableInputs, TableOutcome, TableValue, WorkCalendar } from './terms.js';
export { CLOCKS_READ, SETTINGS_READ, TABLES_READ, type ClockKey, type SettingKey, type SettingValue, type TableKey } from './what-is-read.js';
