import { dateFormat } from './date-format.js';
import type { Faults } from './mapping-faults.js';
import type { DateFormat, FieldMapping, FieldSource, TemplatePart, WhenMissing } from './mapping.js';
import { partOf, TARGETS, type Target } from './targets.js';

const MEMBERS = ['column', 'const', 'template', 'nowhere', 'dates', 'values', 'whenMissing', 'otherwise'];

/** One entry of `fields`: `{ column: Lot }`, or only the column's name. Faults are collected, not thrown. */
export function readField(target: string, value: unknown, faults: Faults): FieldMapping {
  const path = `fields.${target}`;
  const entry = typeof value === 'string' ? { column: value } : faults.object(value, path, MEMBERS);
  const declared = TARGETS[target] as Target;
  return {
    target,
    source: source(entry, path, faults),
    whenMissing: whenMissing(entry, target, declared, path, faults),
    dates: dates(entry, declared, path, faults),
    values: entry['values'] === undefined ? null : valueMap(entry['values'], `${path}.values`, faults),
  };
}

function source(entry: Readonly<Record<string, unknown>>, path: string, faults: Faults): FieldSource {
  const said = ['column', 'const', 'template', 'nowhere'].filter((name) => entry[name] !== undefined);
  if (said.length !== 1) faults.add(path, 'needs exactly one of column, const, template, nowhere');
  const [from] = said;
  if (from === 'nowhere') {
    if (entry['nowhere'] !== true) faults.add(`${path}.nowhere`, 'must be true');
    return { from };
  }
  const text = from === undefined ? '' : faults.text(entry[from], `${path}.${from}`) ?? '';
  if (from === 'const') return { from, value: text };
  if (from === 'template') return { from, parts: templateParts(text, `${path}.template`, faults) };
  return { from: 'column', column: text };
}

/** `Lot {Lot number}: {Reason}` */
function templateParts(template: string, path: string, faults: Faults): readonly TemplatePart[] {
  const parts = template.split(/(\{[^{}]+\})/).filter((part) => part !== '');
  if (!parts.some((part) => part.startsWith('{'))) faults.add(path, 'names no column in braces; a fixed text is a const');
  return parts.map((part) => (part.startsWith('{') && part.endsWith('}') ? { column: part.slice(1, -1).trim() } : { text: part }));
}

function whenMissing(entry: Readonly<Record<string, unknown>>, target: string, declared: Target, path: string, faults: Faults): WhenMissing {
  if (entry['otherwise'] !== undefined) {
    if (entry['whenMissing'] !== undefined) faults.add(path, 'has both whenMissing and otherwise');
    return { action: 'use', value: faults.text(entry['otherwise'], `${path}.otherwise`) ?? '' };
  }
  const usual = declared.required ? 'refuse' : 'notKnown';
  const then = entry['whenMissing'] ?? usual;
  if (then !== 'refuse' && then !== 'notKnown') faults.add(`${path}.whenMissing`, 'must be refuse or notKnown');
  const unnameable = then === 'notKnown' && (declared.required || entry['nowhere'] === true) && partOf(target) === null;
  if (unnameable) faults.add(path, 'cannot be left unknown; give a const, or otherwise: what to say then');
  return { action: then === 'refuse' ? 'refuse' : 'notKnown' };
}

function dates(entry: Readonly<Record<string, unknown>>, declared: Target, path: string, faults: Faults): readonly DateFormat[] {
  const isDate = declared.kind === 'date' || declared.kind === 'instant';
  if (entry['dates'] === undefined) {
    if (isDate && entry['nowhere'] === undefined) faults.add(path, 'needs dates: the formats in which it is written, such as YYYY/MM/DD');
    return [];
  }
  if (!isDate) faults.add(`${path}.dates`, 'is for dates and times only');
  return faults.texts(entry['dates'], `${path}.dates`).flatMap((written) => {
    const format = dateFormat(written);
    if (!format) faults.add(`${path}.dates`, `"${written}" must hold year, month and day once each: YYYY MM M MMM MMMM DD D HH H mm ss`);
    return format ?? [];
  });
}

function valueMap(value: unknown, path: string, faults: Faults): ReadonlyMap<string, string> {
  const entries = Object.entries(faults.object(value, path, []));
  return new Map(entries.map(([cell, meant]) => [cell.trim().toLowerCase(), faults.text(meant, `${path}.${cell}`) ?? '']));
}
