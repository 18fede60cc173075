import type { ClockTerms, WorkCalendar } from '../terms.js';

/** Until when an approval may be signed; `undetermined` where the calendar cannot say. */
export type Expiry = { readonly at: string | null } | { readonly undetermined: { readonly unpublishedYear: number; readonly owner: string } };

/** The earliest of the clocks that packs adopted side by side; `at` null where none is adopted. */
export function expiryOf(clocks: readonly ClockTerms[], calendar: Pick<WorkCalendar, 'due'>, asked: string): Expiry {
  let at: string | null = null;
  for (const { span } of clocks) {
    const due = calendar.due(span, asked);
    if (due.at === null) return { undetermined: { unpublishedYear: due.unpublishedYear, owner: due.owner } };
    if (at === null || due.at < at) at = due.at;
  }
  return { at };
}

/** The due time itself is too late: the watch may have recorded it already. */
export function isExpired(expiresAt: string | null, now: string): boolean {
  return expiresAt !== null && now >= expiresAt;
}
