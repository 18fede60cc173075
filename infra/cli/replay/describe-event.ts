import { plain } from '../table.js';
import { CHINESE_TERMS } from '../words/index.js';
import type { CaseEvent } from './recorded-event.js';

/** `投诉登记 ComplaintRegistered`; the English type alone when it is newer than this program. */
export function whatHappened(type: string): string {
  const term = CHINESE_TERMS[type];
  return term ? `${term} ${type}` : type;
}

/** Said by every event of a case, so repeating it in each line tells nothing. */
const KNOWN = new Set(['caseId', 'caseNumber', 'round', 'customerId', 'locality', 'subject']);
const SHOWN_MEMBERS = 4;

/** The telling part of the content: `class=product-quality, validity=…`; long or nested members are left to --json. */
export function details(event: CaseEvent): string {
  const parts = Object.entries(event.data).filter(([name]) => !KNOWN.has(name)).map(([name, value]) => [name, shortly(value)] as const)
    .filter(([, value]) => value !== '');
  return parts.slice(0, SHOWN_MEMBERS).map(([name, value]) => `${name}=${value}`).join(', ');
}

function shortly(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(shortly).filter(Boolean).join('+').slice(0, 60);
  if (typeof value === 'object') return ofObject(value as Readonly<Record<string, unknown>>);
  return plain(String(value)).slice(0, 60);
}

function ofObject(value: Readonly<Record<string, unknown>>): string {
  if (typeof value['minor'] === 'number' && Number.isSafeInteger(value['minor'])) return yuan(value['minor'], String(value['currency'] ?? ''));
  if (typeof value['clock'] === 'string') return value['clock'];
  return '';
}

/** Integer 分 as `1000.00 CNY`, without ever being a fraction in between. */
function yuan(minor: number, currency: string): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`.trim();
}
