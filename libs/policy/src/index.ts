export { adoptingPolicyBook, policyBook, POLICY_BOOK_ID, type AdoptPolicy, type NoteAdoption } from './adoption/adopting.js';
export { digestOf, documentOf, textOf, type AdoptedText, type AdoptionDocument } from './adoption/document.js';
export type { CompanyPolicy, WorkingWindow } from './adoption/adoption.schema.js';
export { readAdoption, type ReadAdoption } from './adoption/read-adoption.js';
export type { PolicyBook } from './adoption/policy-book.js';
export { needsSuccessor, type PolicyStanding } from './adoption/standing.js';
export {
  authorityIn, expiryOf, isExpired, isWithinLimit, limitOf, mayReject, monthOf, monthsOf, maySign, nextToSign, periodOf, SIGNING_ORDERS, stillToSign, whyNotAppoint,
  type Admitted, type Authority, type Deputyship, type SigningOrder, type SigningRefused,
} from './approvals/index.js';
export type { CalendarYear } from './calendars/calendar-year.schema.js';
export { cadences, type Cadences, type Every, type Period } from './calendars/periods.js';
export type { CalendarFault, CalendarsRead } from './calendars/read-calendars.js';
export { COUNTABLE } from './calendars/span.js';
export { windowFaults, type WindowFault } from './calendars/windows.js';
export { workCalendar, type WorkCalendarParts } from './calendars/work-calendar.js';
export * from './clocks/index.js';
export * from './simulate/index.js';
export type { ClockEntry, PackEntry, PolicyPack, TableEntry, TableRow } from './pack/pack.schema.js';
export { readCompany, readCalendarYears, readPacks, UnreadablePolicyFile, type PackFile } from './pack/read-packs.js';
export { mayBy, nameOf, type AdoptionName, type Citation, type PolicySet } from './policy-set.js';
export { editorSchemas } from './schema/editor-schemas.js';
export { policyFolder } from './shipped.js';
export { emptyPolicyBook, policySet, shippedAdoption } from './shipped-policy.js';
export { BadTable, compileTable, overlapsOf, type DecisionTable } from './tables/decision-table.js';
export { nearestWord } from './tables/nearest-word.js';
export type { SettledRow, TableFault, TablePlace } from './tables/rows.js';
export { tableAsMarkdown, tableAsText, type TableText } from './tables/table-as-text.js';
export type { ClockTerms, Escalation, Reckoned, Span, TableInputs, TableOutcome, TableValue, WorkCalendar } from './terms.js';
export { CLOCKS_READ, SETTINGS_READ, TABLES_READ, type ClockKey, type SettingKey, type SettingValue, type TableKey } from './what-is-read.js';
export { checkAdoption, type KnownNames } from './check/check-adoption.js';
export { checkPolicies, type PolicyCheck, type PolicyCounts } from './check/check-policies.js';
export type { Finding, FindingCode } from './check/finding.js';
export type { CompanyFile, PolicyFiles } from './check/policy-files.js';
export { readNamedPolicies, readPolicyFiles, type NamedPolicies } from './check/read-policy-files.js';
export * from './show/index.js';
