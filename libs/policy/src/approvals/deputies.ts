import { mayBy } from '../policy-set.js';
/**
 * Somebody signs in the place of another (代) from one date to another, both included. Accounts and their roles are in no
 * log, so the office is always named; the person is where the office has a holder who is away.
 */
export interface Deputyship {
  readonly id: string;
  readonly role: string;
  readonly person: string | null;
  readonly deputy: string;
  /** `YYYY-MM-DD` in the business zone. */
  readonly from: string;
  readonly to: string;
  readonly appointedBy: string;
  /** Ended before its time. */
  readonly ended: boolean;
}

export function isInForce({ from, to, ended }: Deputyship, today: string): boolean {
  return !ended && from <= today && today <= to;
}

export type AppointmentRefused = 'not-the-principal' | 'deputy-of-oneself' | 'dates-reversed' | 'already-over' | 'chain-of-deputies';

export interface Appointment {
  readonly role: string;
  readonly person: string | null;
  readonly deputy: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Null when it may be made. `roster` are the deputyships of the same office. The holder of an office names a deputy for
 * himself only; `overseer` is the role that may name one for others, never itself.
 */
export function whyNotAppoint(
  asked: Appointment, by: { readonly id: string; readonly role: string }, overseers: string | readonly string[] | null, roster: readonly Deputyship[], today: string,
): AppointmentRefused | null {
  const { role, person, deputy, from, to } = asked;
  const isPrincipal = by.role === role && person === by.id;
  if (!isPrincipal && !mayBy(overseers, by.role)) return 'not-the-principal';
  if (deputy === person || deputy === by.id) return 'deputy-of-oneself';
  if (to < from) return 'dates-reversed';
  if (to < today) return 'already-over';
  const beside = roster.filter((one) => !one.ended && one.from <= to && from <= one.to);
  // Who is away cannot stand in for another, and who only stands in cannot pass the office on.
  return beside.some((one) => one.person === deputy || one.deputy === person) ? 'chain-of-deputies' : null;
}
