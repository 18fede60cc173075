import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CalendarYear } from './calendars/calendar-year.schema.js';
import { digestOf, type AdoptedText } from './adoption/document.js';

/** What the program brings along, written from the YAML files by `npm run policy -- --write`. */
interface Shipped {
  /** Text of the adoption document that is in force where a company has adopted nothing of its own. */
  readonly baseline: { readonly id: string; readonly version: number; readonly text: string };
  readonly years: readonly CalendarYear[];
}

/** Folder `libs/policy`, from the sources as well as from what was compiled out of them. */
export function policyFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(folder, 'libs', 'policy');
    if (existsSync(join(candidate, 'packs'))) return candidate;
    if (folder === dirname(folder)) throw new Error('libs/policy/packs is missing: the installation is not complete');
  }
}

let read: Shipped | undefined;

function shipped(): Shipped {
  read ??= JSON.parse(readFileSync(join(policyFolder(), 'shipped.json'), 'utf8')) as Shipped;
  return read;
}

export function baseline(): AdoptedText {
  const { id, version, text } = shipped().baseline;
  return { text, name: { id, version, digest: digestOf(text) } };
}

export function shippedYears(): readonly CalendarYear[] {
  return shipped().years;
}
