/**
 * The number people copy, print and quote. It is not allocated: it names the log and the index of the event that
 * opened the case, so it is unique, survives every rebuild, and leads an auditor straight to the entry.
 */
const PREFIX: Readonly<Record<string, string>> = {
  ComplaintRegistered: 'CMP', InquiryReceived: 'INQ', SuggestionReceived: 'SUG',
};

/** `CMP-2026-000042` for the complaint whose first event has index 42, in the business zone Asia/Shanghai (UTC+8, no DST). */
export function caseNumber(opening: { readonly type: string; readonly index: number; readonly recordedAt: string }): string {
  const prefix = PREFIX[opening.type] ?? 'CASE';
  const year = new Date(Date.parse(opening.recordedAt) + 8 * 3_600_000).getUTCFullYear();
  return `${prefix}-${year}-${String(opening.index).padStart(6, '0')}`;
}
