import { decimalYuan } from 'aftercare/kernel';
import colors from 'picocolors';
import { plain } from '../table.js';
import { CHINESE_TERMS } from '../words/index.js';
import { member, type CaseEvent } from './recorded-event.js';

/** `投诉登记 ComplaintRegistered`; the English type alone when it is newer than this program. */
export function whatHappened(type: string): string {
  const term = CHINESE_TERMS[type];
  return term ? `${term} ${type}` : type;
}

/** Said by every event of a case, so repeating it in each line tells nothing. */
const KNOWN = new Set(['caseId', 'caseNumber', 'round', 'customerId', 'locality', 'subject']);
const SHOWN_MEMBERS = 4;
/** Before the others, however many there are: who was called is what an escalation is about. */
const FIRST = ['clock', 'clocks', 'to', 'percent'];
/** Stands under "Rule". */
const CITED = new Set(['policy', 'rule']);

/** The telling part of the content: `class=product-quality, validity=…`; long or nested members are left to --json. */
export function details(event: CaseEvent): string {
  const parts = Object.entries(event.data).filter(([name]) => !KNOWN.has(name) && !CITED.has(name)).map(([name, value]) => [name, shortly(value)] as const)
    .filter(([, value]) => value !== '').sort(([one], [other]) => placeOf(one) - placeOf(other));
  return parts.slice(0, SHOWN_MEMBERS).map(([name, value]) => `${name}=${value}`).join(', ');
}

const placeOf = (name: string): number => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);

/** What decided it: version, rule, outcome and what the table was asked; of a deadline, the clause that each clock counts by. */
export function ruleOf(event: CaseEvent): readonly string[] {
  const { policy } = event;
  if (policy) {
    const inputs = Object.entries(policy.inputs).map(([name, value]) => `${plain(name)}=${value === null ? '?' : plain(String(value))}`).join(', ');
    return [`${plain(policy.id)}@${plain(policy.version)} ${plain(policy.rule)} → ${plain(policy.outcome)}`, inputs && colors.dim(inputs)];
  }
  const clocks = member(event, 'clocks');
  return [...new Set((Array.isArray(clocks) ? clocks as readonly unknown[] : [event.data]).map(citedBy))];
}

function citedBy(clock: unknown): string {
  if (typeof clock !== 'object' || clock === null || !('policy' in clock) || !('rule' in clock)) return '';
  return typeof clock.policy === 'string' && typeof clock.rule === 'string' ? `${plain(clock.policy)} ${plain(clock.rule)}` : '';
}

function shortly(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(shortly).filter(Boolean).join('+').slice(0, 60);
  if (typeof value === 'object') return ofObject(value as Readonly<Record<string, unknown>>);
  return plain(String(value)).slice(0, 60);
}

function ofObject(value: Readonly<Record<string, unknown>>): string {
  if (typeof value['minor'] === 'number' && Number.isSafeInteger(value['minor'])) return `${decimalYuan(value['minor'])} ${String(value['currency'] ?? '')}`.trim();
  if (typeof value['clock'] === 'string') return value['clock'];
  return '';
}
