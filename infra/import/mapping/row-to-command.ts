import { IMPORT_NAME_LONGEST, type ImportRow } from 'aftercare/contracts';
import { customerId, namedId } from 'aftercare/kernel';
import type { RowRefusal } from '../readers/source-row.js';
import type { FieldMapping, Mapping } from './mapping.js';
import { DateReader } from './read-date.js';
import { missing, noKey, notListed, unreadable } from './refusals.js';
import { partOf, TARGETS, type Target } from './targets.js';

type Cells = Readonly<Record<string, string>>;
type Value = string | number;
type Read = { readonly value: Value } | { readonly absent: true } | { readonly refusal: RowRefusal };
type Tree = { [member: string]: Value | string[] | Tree };

/** What a class asks the customer for; elsewhere an unknown member is simply left out. */
const ASKED: Readonly<Record<string, readonly string[]>> = { 'product-quality': ['goods'], 'adverse-reaction': ['goods', 'reaction'] };

export type Translated = ImportRow | { readonly key: string | null; readonly refusal: RowRefusal };

/** Turns the rows of one register into commands by its mapping. */
export class RowTranslator {
  private readonly dates: DateReader;

  constructor(private readonly mapping: Mapping) {
    this.dates = new DateReader(mapping.timezone);
  }

  translate(cells: Cells): Translated {
    const key = this.keyOf(cells);
    if (key === null) return { key, refusal: noKey(this.mapping.key) };
    const command: Tree = {};
    const unknown: string[] = [];
    for (const field of this.mapping.fields) {
      const read = this.read(field, cells);
      if ('refusal' in read) return { key, refusal: read.refusal };
      if ('absent' in read) unknown.push(field.target);
      else place(command, field.target, read.value);
    }
    nameUnknown(command, unknown);
    return { key, command };
  }

  /** The cell itself where that is short and plain; a name computed from it where it could be mistaken for another. */
  private keyOf(cells: Cells): string | null {
    const parts = this.mapping.key.map((column) => (cells[column] ?? '').trim());
    if (parts.every((part) => this.mapping.absent.has(part.toLowerCase()))) return null;
    const joined = parts.join(' / ');
    const ambiguous = parts.length > 1 && parts.some((part) => part.includes(' / '));
    return ambiguous || joined.length > IMPORT_NAME_LONGEST.key || /\p{Cc}/u.test(joined) ? namedId(...parts) : joined;
  }

  private read(field: FieldMapping, cells: Cells): Read {
    const target = TARGETS[field.target] as Target;
    const text = this.textOf(field, cells);
    if (text !== null) return this.valueOf(text, field, target);
    const { whenMissing } = field;
    if (whenMissing.action === 'use') return this.valueOf(whenMissing.value, { ...field, values: null }, target);
    return whenMissing.action === 'refuse' ? { refusal: missing(field.target, columnsOf(field)) } : { absent: true };
  }

  /** Null when nothing is known. Blanks around a cell carry no meaning; everything inside stays as it was said. */
  private textOf({ source }: FieldMapping, cells: Cells): string | null {
    switch (source.from) {
      case 'nowhere': return null;
      case 'const': return source.value;
      case 'column': return this.cell(cells, source.column);
      case 'template': {
        const parts = source.parts.map((part) => ('text' in part ? part.text : this.cell(cells, part.column)));
        const known = source.parts.some((part, i) => 'column' in part && parts[i] !== null);
        return known ? parts.map((part) => part ?? '—').join('').trim() : null;
      }
    }
  }

  private cell(cells: Cells, column: string): string | null {
    const text = (cells[column] ?? '').trim();
    return this.mapping.absent.has(text.toLowerCase()) ? null : text;
  }

  private valueOf(text: string, field: FieldMapping, target: Target): Read {
    if (field.values) {
      const meant = field.values.get(text.toLowerCase());
      return meant === undefined ? { refusal: notListed(field.target, target, text) } : { value: meant };
    }
    const value = this.inKind(text, field, target);
    return value === null ? { refusal: unreadable(field.target, target, text, WANTED[target.kind](field)) } : { value };
  }

  private inKind(text: string, field: FieldMapping, { kind }: Target): Value | null {
    switch (kind) {
      case 'text': return text;
      case 'instant': return this.dates.instant(text, field.dates);
      case 'date': return this.dates.date(text, field.dates);
      case 'integer': return /^\d{1,10}$/.test(text) ? Number(text) : null;
      case 'customer-code': return customerId(text);
    }
  }
}

const dated = ({ dates }: FieldMapping) => {
  const formats = dates.map(({ written }) => written).join(' / ');
  return { zh: `存在的日期（${formats}）`, en: `a date that exists, written ${formats}` };
};
const WANTED: Readonly<Record<Target['kind'], (field: FieldMapping) => { readonly zh: string; readonly en: string }>> = {
  text: () => ({ zh: '文字', en: 'a text' }),
  instant: dated,
  date: dated,
  integer: () => ({ zh: '整数', en: 'a whole number' }),
  'customer-code': () => ({ zh: '客户代码', en: 'a customer code' }),
};

function columnsOf({ source }: FieldMapping): readonly string[] {
  if (source.from === 'column') return [source.column];
  return source.from === 'template' ? source.parts.flatMap((part) => ('column' in part ? [part.column] : [])) : [];
}

function place(command: Tree, target: string, value: Value | string[]): void {
  const path = target.split('.');
  const last = path.pop() as string;
  let at = command;
  for (const member of path) at = (at[member] ??= {}) as Tree;
  at[last] = value;
}

function nameUnknown(command: Tree, unknown: readonly string[]): void {
  const kind = (command['classification'] as Tree | undefined)?.['class'];
  const asked = typeof kind === 'string' ? ASKED[kind] ?? [] : [];
  for (const part of asked) {
    const names = unknown.filter((target) => partOf(target) === part).map((target) => target.slice(target.lastIndexOf('.') + 1));
    if (names.length > 0) place(command, `classification.${part}.notKnown`, names);
  }
}
