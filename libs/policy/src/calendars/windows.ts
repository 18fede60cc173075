import type { WorkingWindow } from '../adoption/adoption.schema.js';
import { clockMs } from './local-date.js';
import type { KindOfDay } from './published-days.js';

/** Opening and closing as milliseconds after local midnight. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}
export type Windows = Readonly<Record<string, readonly WorkingWindow[]>>;

/** When a unit works on a day of this kind and ISO weekday. */
export type OpeningsOfDay = (kind: KindOfDay, weekday: number) => readonly Opening[];

const onWeekday = (windows: readonly WorkingWindow[], weekday: number): Opening[] => windows
  .filter((window) => window.weekdays.includes(weekday))
  .map(({ from, to }) => ({ from: clockMs(from), to: clockMs(to) }))
  .sort((a, b) => a.from - b.from);

/**
 * A notice does not say which weekday a make-up day stands for, so it has the hours of the first weekday from Monday to
 * Friday that the unit lists; a unit that lists none keeps the hours of the day it is. A unit that lists Saturday or
 * Sunday works on ordinary weekends too, never on a holiday.
 */
export function openingsOf(windows: readonly WorkingWindow[]): OpeningsOfDay {
  const perWeekday = new Map([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, onWeekday(windows, weekday)]));
  const firstListed = windows.flatMap(({ weekdays }) => weekdays).find((weekday) => weekday <= 5);
  return (kind, weekday) => {
    if (kind === 'holiday') return [];
    return perWeekday.get(kind === 'make-up' ? firstListed ?? weekday : weekday) ?? [];
  };
}

export interface WindowFault {
  readonly unit: string;
  readonly says: string;
  /** The same in Chinese. */
  readonly zh: string;
}

/** What is wrong with the windows of a company file; with any of it hours would be counted twice or never. */
export function windowFaults(windows: Windows): WindowFault[] {
  const faults: WindowFault[] = [];
  if (!windows['default']) faults.push({ unit: 'default', says: 'is missing: it holds for every unit that is not named', zh: '缺少：未列出的单位都以它为准' });
  for (const [unit, listed] of Object.entries(windows)) {
    for (const { from, to } of listed) {
      if (from > '24:00' || to > '24:00') faults.push({ unit, says: `${from} to ${to}: a day ends at 24:00`, zh: `${from} 至 ${to}：一天到 24:00 为止` });
      else if (from >= to) faults.push({ unit, says: `${from} to ${to}: a window past midnight is two windows`, zh: `${from} 至 ${to}：跨午夜的时段请写成两段` });
    }
    if (faults.some((fault) => fault.unit === unit)) continue;
    for (let weekday = 1; weekday <= 7; weekday += 1) {
      const openings = onWeekday(listed, weekday);
      if (openings.some(({ from }, i) => from < (openings[i - 1]?.to ?? 0))) {
        faults.push({ unit, says: `windows of weekday ${weekday} overlap`, zh: `星期 ${weekday} 的时段互相重叠：改正起止时间` });
        break;
      }
    }
  }
  return faults;
}
