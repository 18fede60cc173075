import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import { readCalendars } from '../calendars/read-calendars.js';
import type { CalendarYear } from '../calendars/calendar-year.schema.js';
import type { PolicyPack } from './pack.schema.js';
import { readYaml } from './read-yaml.js';
import { placeOf, shapeFaults } from './shape-faults.js';

/** A file that cannot be used, with everything that is wrong with it. */
export class UnreadablePolicyFile extends Error {
  override readonly name = 'UnreadablePolicyFile';

  constructor(readonly file: string, readonly faults: readonly string[]) {
    super(`${file} cannot be used 无法使用:\n${faults.map((fault) => `  ${fault.replaceAll('\n', '\n  ')}`).join('\n')}`);
  }
}

export interface PackFile { readonly file: string; readonly pack: PolicyPack }

/** Every `*.yaml` and `*.yml` below a folder, in the order of their names. @throws UnreadablePolicyFile */
export async function readPacks(folder: string): Promise<readonly PackFile[]> {
  const { packSchema } = await import('./pack.schema.js');
  return Promise.all(yamlFilesBelow(folder).map(async (file) => ({
    file: relative(folder, file).split(sep).join('/'), pack: await readFileAs<PolicyPack>(file, packSchema),
  })));
}

/** @throws UnreadablePolicyFile */
export async function readCompany(file: string): Promise<CompanyPolicy> {
  const { adoptionSchema } = await import('../adoption/adoption.schema.js');
  return readFileAs<CompanyPolicy>(file, adoptionSchema);
}

/** Every `<series>/<year>.yaml` below a folder. @throws UnreadablePolicyFile for the first file with faults */
export async function readCalendarYears(folder: string): Promise<readonly CalendarYear[]> {
  const { years, faults } = await readCalendars(folder);
  const [first] = faults;
  if (first) throw new UnreadablePolicyFile(first.file, faults.filter(({ file }) => file === first.file).map(({ line, key, says }) => atLine(line, key, says)));
  return years;
}

export function yamlFilesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name)).sort();
}

/**
 * Parsers and checkers are loaded when a file is read: a running service reads none of them, its policies come from
 * the log. @throws UnreadablePolicyFile
 */
export async function readFileAs<T>(file: string, schema: object): Promise<T> {
  // One after the other: the test runner resolves a shared module wrongly while two imports are under way.
  const read = await readYaml(file);
  const { Value } = await import('typebox/value');
  if (!read.sound) throw new UnreadablePolicyFile(file, read.faults.map(({ line, says }) => atLine(line, '', says)));
  if (Value.Check(schema, read.content)) return read.content as T;
  const other = takenForAnother(schema, read.content);
  if (other !== null) throw new UnreadablePolicyFile(file, [other]);
  throw new UnreadablePolicyFile(file, (await shapeFaults(schema, read.content)).map((fault) => atLine(read.lineOf(placeOf(fault)), fault.path || '/', fault.message)));
}

/** One misplaced file would else be told as twenty strange members. */
function takenForAnother(schema: object, content: unknown): string | null {
  const asked = Object.keys((schema as { readonly properties?: object }).properties ?? {});
  const has = (member: string): boolean => typeof content === 'object' && content !== null && Object.hasOwn(content, member);
  if (asked.includes('params') && !has('params') && has('precedence')) return 'is a company file and no pack: keep it outside the folder of packs 这是公司文件，不是政策包：放到政策包文件夹之外';
  if (asked.includes('precedence') && !has('precedence') && has('params')) return 'is a pack and no company file: name the file with precedence 这是政策包，不是公司文件：请指明写有 precedence 的文件';
  return null;
}

const atLine = (line: number, key: string, says: string): string => `line ${line} 第 ${line} 行${key === '' ? '' : ` ${key}`}: ${says}`;
