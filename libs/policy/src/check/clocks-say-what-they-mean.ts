import { CLOCKS_READ, FACTS_TOLD, SETTINGS_READ, type ClockKey, type SettingKey } from '../what-is-read.js';
import { nearestWord } from '../tables/nearest-word.js';
import { clocksOf, type PlacedClock } from './clocks-can-run.js';
import { finding, type Finding } from './finding.js';
import { isBound, ownEntries, packEntries, type PolicyFiles } from './policy-files.js';

const isRead = (key: string): key is ClockKey => (CLOCKS_READ as readonly string[]).includes(key);

/** Whom a clock calls when: at a share of the span or so long after the breach, and at one of the two. */
export function escalationsAtNoPoint(files: PolicyFiles): Finding[] {
  return clocksOf(files).flatMap(({ file, key, entry }) => entry.escalate.flatMap(({ percent, afterBreach }, at) => ((percent === undefined) === (afterBreach === undefined)
    ? [finding('escalation-unclear', file, key, `第 ${at + 1} 级上报：percent 与 afterBreach 写且只写一个`, `escalation ${at + 1}: write percent or afterBreach, one of the two`)] : [])));
}

/** No law waits for a customer; the program never pauses such a clock whatever the file says. */
export function regulatoryClocksThatWait(files: PolicyFiles): Finding[] {
  return clocksOf(files).filter(({ entry }) => entry.nature === 'regulatory' && entry.pausable)
    .map(({ file, key }) => finding('regulatory-pausable', file, key, '法定时限不能暂停：写 pausable: false', 'a regulatory clock never waits: write pausable: false'));
}

/** Facts that a clock asks about and nobody ever tells: it would start under no case, and nobody would miss it. */
export function factsNobodyTells(files: PolicyFiles): Finding[] {
  return clocksOf(files).flatMap(({ file, key, entry: { value, when } }) => (value === null || !isRead(key) ? [] : Object.entries(when ?? {}).flatMap(([fact, values]) => {
    const told = tellsOf(key, fact);
    const never = told === undefined ? values : values.filter((one) => !told.includes(one));
    if (never.length === 0) return [];
    const known = (comma: string) => Object.entries({ ...FACTS_TOLD[key] }).map(([name, words]) => `${name} (${words.join(comma)})`).join(comma);
    const meant = meantBy(key, fact, never);
    return [finding('unknown-fact', file, key, `此时限开始时从不知道 ${fact}: ${never.join('、')}${meant === null ? '' : `，应为 ${meant}？`}；可用：${known('、') || '无'}`,
      `${fact}: ${never.join(', ')} is nothing that is told when it starts${meant === null ? '' : `: write ${meant}?`}; what is told: ${known(', ') || 'nothing'}`)];
  })));
}

/** The fact, or the one value of it, that was most likely meant. */
function meantBy(key: ClockKey, fact: string, [value = '', ...others]: readonly string[]): string | null {
  const told = tellsOf(key, fact);
  if (told === undefined) return nearestWord(fact, Object.keys(FACTS_TOLD[key] ?? {}));
  return others.length > 0 ? null : nearestWord(value, told);
}

const tellsOf = (key: ClockKey, fact: string): readonly string[] | undefined => {
  const told = FACTS_TOLD[key] ?? {};
  return Object.hasOwn(told, fact) ? told[fact] : undefined;
};

/** No department times it: its key is read nowhere, or it waits for a fact that nobody establishes yet. */
export function isNotActedOn({ key, entry }: Pick<PlacedClock, 'key' | 'entry'>): boolean {
  return !isRead(key) || Object.keys(entry.when ?? {}).some((fact) => !Object.hasOwn(FACTS_TOLD[key] ?? {}, fact));
}

/** A number is read in one unit: 10 percent written under basis points would be a hundredth of it. */
export function unitsNobodyReads(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap(({ file, key, entry }) => {
    const wanted = Object.hasOwn(SETTINGS_READ, key) ? unitOf(key as SettingKey) : undefined;
    const unit = 'unit' in entry ? entry.unit : undefined;
    if (wanted === undefined || unit === undefined || unit === wanted || entry.kind === 'clock' || !isBound(entry)) return [];
    return [finding('wrong-unit', file, key, `程序以 ${wanted} 读取，此处写的是 ${unit}：换算数值并写 unit: ${wanted}`, `the program reads it in ${wanted} and it says ${unit}: convert the value and write unit: ${wanted}`)];
  });
}

const unitOf = (key: SettingKey): string | undefined => {
  const shape = SETTINGS_READ[key];
  return 'unit' in shape ? shape.unit : undefined;
};
