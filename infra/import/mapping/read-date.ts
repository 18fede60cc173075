import { Temporal } from 'temporal-polyfill';
import type { DateFormat, DateParts } from './mapping.js';

/** A register repeats its dates; converting one takes longer than everything else about its row. */
const REMEMBERED = 10_000;

/** Reads the dates and times of one register: its formats, its zone. Null stands for what no calendar has. */
export class DateReader {
  /** By the formats of a field, because two fields may write the same text for different days. */
  private readonly instants = new Map<readonly DateFormat[], Map<string, string | null>>();

  constructor(private readonly timezone: string) {}

  /** A calendar date `YYYY-MM-DD`; a time of day beside it says nothing more. */
  date(text: string, formats: readonly DateFormat[]): string | null {
    const parts = firstParse(text, formats);
    return parts && (plainDate(parts)?.toString() ?? null);
  }

  /** A UTC instant with milliseconds; a date without time is midnight in the register's zone. */
  instant(text: string, formats: readonly DateFormat[]): string | null {
    const read = this.instants.get(formats) ?? new Map<string, string | null>();
    this.instants.set(formats, read);
    const known = read.get(text);
    if (known !== undefined) return known;
    const parts = firstParse(text, formats);
    const instant = parts && this.inZone(parts);
    if (read.size >= REMEMBERED) read.clear();
    read.set(text, instant);
    return instant;
  }

  private inZone(parts: DateParts): string | null {
    const date = plainDate(parts);
    const { hour, minute, second } = parts.time ?? { hour: 0, minute: 0, second: 0 };
    if (!date || hour > 23 || minute > 59 || second > 59) return null;
    return new Date(date.toZonedDateTime({ timeZone: this.timezone, plainTime: { hour, minute, second } }).epochMilliseconds).toISOString();
  }
}

function firstParse(text: string, formats: readonly DateFormat[]): DateParts | null {
  for (const format of formats) {
    const parts = format.parse(text);
    if (parts) return parts;
  }
  return null;
}

function plainDate({ year, month, day }: DateParts): Temporal.PlainDate | null {
  if (month < 1 || month > 12 || day < 1) return null;
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}
