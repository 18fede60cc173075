import type { Bilingual } from 'aftercare/kernel';
import { settingValue } from '../adoption/policy-of.js';
import type { PackEntry } from '../pack/pack.schema.js';
import { misfits } from '../tables/asked.js';
import { CLOCKS_READ, SETTINGS_READ, TABLES_READ, type SettingKey } from '../what-is-read.js';
import { finding, type Finding } from './finding.js';
import { isBound, ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

/** A number and "no limit" answer the same question. */
const FAMILY: Readonly<Record<string, string>> = { unlimited: 'number' };
const familyOf = (kind: string): string => FAMILY[kind] ?? kind;

/** Who compares two packs, or moves a company from one to the other, needs the same kind of value under the same key. */
export function kindsThatDiffer(files: PolicyFiles): Finding[] {
  const first = new Map<string, { readonly kind: string; readonly where: string }>(
    ([['keys.yaml', files.keys.company], ['keys-regulation.yaml', files.keys.regulation]] as const)
      .flatMap(([where, register]) => Object.entries(register).map(([key, { kind }]) => [key, { kind, where }] as const)),
  );
  return [...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry: { kind } }) => {
    const before = first.get(key);
    if (!before) first.set(key, { kind, where: file });
    if (!before || familyOf(before.kind) === familyOf(kind)) return [];
    return [finding('kind-differs', file, key,
      `此处类型为 ${kind}，${before.where} 中为 ${before.kind}：改为一致，或另用一个键`,
      `is of kind ${kind} here and ${before.kind} in ${before.where}: use one kind, or another key`)];
  });
}

export function sourcesThatDisagree(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }) => {
    if (isBound(entry) && entry.source === 'unset') {
      return [finding('value-and-source-disagree', file, key, '有数值却标为 unset：写 stated 或 reading', 'has a value and says unset: write stated or reading')];
    }
    if (isBound(entry) || entry.source === 'unset') return [];
    return [finding('value-and-source-disagree', file, key, `没有数值却标为 ${entry.source}：写 unset，或写出数值`, `has no value and says ${entry.source}: write unset, or the value`)];
  });
}

const sameInBoth = (code: string): Bilingual => ({ zh: code, en: code });

/** Kinds that the program can read as the key wants them, or what it wants instead. */
function wantedInstead(key: string, entry: PackEntry): Bilingual | null {
  if ((CLOCKS_READ as readonly string[]).includes(key)) return entry.kind === 'clock' ? null : sameInBoth('kind: clock');
  if ((TABLES_READ as readonly string[]).includes(key)) return entry.kind === 'table' ? null : sameInBoth('kind: table');
  if (!Object.hasOwn(SETTINGS_READ, key)) return null;
  const { holds, says } = SETTINGS_READ[key as SettingKey];
  if (entry.kind === 'clock' || entry.kind === 'table') return says;
  // "No limit" is read as a value whatever its source says.
  return (entry.kind !== 'unlimited' && !isBound(entry)) || holds(settingValue(entry)) ? null : says;
}

/** A value that a rule cannot read would stop the case that needs it. */
export function shapesNobodyCanRead(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }: PlacedEntry) => {
    const wanted = wantedInstead(key, entry);
    const kind = wanted === null ? [] : [finding('wrong-shape', file, key, `程序要读的是：${wanted.zh}`, `the program reads it as ${wanted.en}`)];
    const columns = entry.kind === 'table' ? misfits(key, entry) : [];
    return [...kind, ...columns.map(({ zh, en }) => finding('wrong-shape', file, key, `程序无法使用此表：${zh}`, `the program cannot use this table: ${en}`))];
  });
}
