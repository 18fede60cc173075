import type { DateFormat, DateParts } from './mapping.js';

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** Each token with what it matches. Longer ones first, because `M` stands in `MMMM` too. */
const TOKENS: readonly (readonly [token: string, part: string, pattern: string])[] = [
  ['YYYY', 'year', '\\d{4}'], ['MMMM', 'monthName', '[A-Za-z]+'], ['MMM', 'monthShort', '[A-Za-z]{3}'], ['MM', 'month', '\\d{2}'],
  ['DD', 'day', '\\d{2}'], ['HH', 'hour', '\\d{2}'], ['mm', 'minute', '\\d{2}'], ['ss', 'second', '\\d{2}'],
  ['M', 'month', '\\d{1,2}'], ['D', 'day', '\\d{1,2}'], ['H', 'hour', '\\d{1,2}'],
];

/** `YYYY/MM/DD`, `MMMM DD, YYYY`, `D.M.YYYY HH:mm`; null when a format lacks year, month or day or says one twice. */
export function dateFormat(written: string): DateFormat | null {
  const parts: string[] = [];
  let pattern = '';
  for (let rest = written; rest !== '';) {
    const token = TOKENS.find(([text]) => rest.startsWith(text));
    if (token) {
      parts.push(token[1].replace(/Name|Short/, ''));
      pattern += `(?<${token[1]}>${token[2]})`;
    } else {
      pattern += (rest[0] as string).replace(/[.*+?^${}()|[\]\\]/, '\\$&');
    }
    rest = rest.slice(token?.[0].length ?? 1);
  }
  const complete = ['year', 'month', 'day'].every((part) => parts.includes(part)) && new Set(parts).size === parts.length;
  if (!complete || (parts.includes('minute') && !parts.includes('hour'))) return null;
  const whole = new RegExp(`^${pattern}$`);
  return { written, parse: (text) => partsOf(whole.exec(text)?.groups) };
}

function partsOf(groups: Readonly<Record<string, string>> | undefined): DateParts | null {
  if (!groups) return null;
  const month = groups['month'] === undefined ? monthNamed(groups) : Number(groups['month']);
  const time = groups['hour'] === undefined ? null
    : { hour: Number(groups['hour']), minute: Number(groups['minute'] ?? '0'), second: Number(groups['second'] ?? '0') };
  return { year: Number(groups['year']), month, day: Number(groups['day']), time };
}

/** 0 for a word that is no month, which no calendar has. */
function monthNamed({ monthName, monthShort }: Readonly<Record<string, string>>): number {
  if (monthName !== undefined) return MONTHS.indexOf(monthName.toLowerCase()) + 1;
  return MONTHS.findIndex((name) => name.slice(0, 3) === monthShort?.toLowerCase()) + 1;
}
