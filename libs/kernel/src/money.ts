import { refuse, type Refusal } from './decider.js';

/** Integer minor units (分, 1/100 yuan). 1000.00 yuan is `{ minor: 100000, currency: 'CNY' }`. */
export interface Money {
  readonly minor: number;
  readonly currency: 'CNY';
}

export function cny(minor: number): Money {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`Money needs a safe integer of minor units, not ${minor}`);
  return { minor, currency: 'CNY' };
}

export function sameOrMore(a: Money, b: Money): boolean {
  return a.minor >= b.minor;
}

/** `12.3`, `12`, `12.30` to minor units; more than two decimals, signs, exponents and separators are refused. */
export function parseYuan(text: string): Money | Refusal {
  const match = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) return refuse('not-an-amount', { zh: `“${text}”不是金额。`, en: `"${text}" is not an amount.` });
  return cny(Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')));
}

/** Integer minor units as `1000.00`, as tables of policies write amounts; digits only, never a fraction in between. */
export function decimalYuan(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same in groups of three: `1,000.00`. */
export const groupedYuan = (minor: number): string => decimalYuan(minor).replace(/\B(?=(\d{3})+\.)/g, ',');

/** `¥1,000.00`. */
export const formatYuan = ({ minor }: Money): string => groupedYuan(minor).replace(/^-?/, '$&¥');
