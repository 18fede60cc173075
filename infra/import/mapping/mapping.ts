/** What a register means, read from a mapping file and checked. */
export interface Mapping {
  readonly register: string;
  readonly format: 'csv' | 'text' | 'jsonl' | 'xlsx';
  readonly encoding: string;
  readonly delimiter: string;
  readonly sheet?: string;
  /** IANA zone in which the register's dates and times were written. */
  readonly timezone: string;
  /** Columns that together name a row for good. */
  readonly key: readonly string[];
  /** Cells that mean "not known", compared without surrounding blanks and without case. */
  readonly absent: ReadonlySet<string>;
  readonly fields: readonly FieldMapping[];
}

export interface FieldMapping {
  /** Member of RegisterComplaint, such as `classification.goods.lot`. */
  readonly target: string;
  readonly source: FieldSource;
  readonly whenMissing: WhenMissing;
  /** Formats tried in order, for dates and times. */
  readonly dates: readonly DateFormat[];
  /** Cell to value of a closed list; null when the cell is the value. */
  readonly values: ReadonlyMap<string, string> | null;
}

export type FieldSource =
  | { readonly from: 'column'; readonly column: string }
  | { readonly from: 'const'; readonly value: string }
  | { readonly from: 'template'; readonly parts: readonly TemplatePart[] }
  /** The register never had it. */
  | { readonly from: 'nowhere' };

export type TemplatePart = { readonly text: string } | { readonly column: string };

export type WhenMissing =
  /** The row is refused. */
  | { readonly action: 'refuse' }
  /** Named in `notKnown` where the class asks for it, left out elsewhere. */
  | { readonly action: 'notKnown' }
  | { readonly action: 'use'; readonly value: string };

export interface DateFormat {
  readonly written: string;
  /** Null when the text is not written in this format. */
  parse(text: string): DateParts | null;
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Null for a date without a time. */
  readonly time: { readonly hour: number; readonly minute: number; readonly second: number } | null;
}
