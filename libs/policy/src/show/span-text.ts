import type { Bilingual } from 'aftercare/kernel';
import type { ClockEntry, Unit } from '../pack/pack.schema.js';
import { UNIT_WORDS } from './words.js';

/** `24 小时` and `24 h`. */
export function lengthText(value: number, unit: Unit): Bilingual {
  const { zh, one, many } = UNIT_WORDS[unit];
  return { zh: `${value} ${zh}`, en: `${value} ${value === 1 ? one : many}` };
}

/** The length of a clock as people say it; where the source gives none, that it gives none and in what it would be counted. */
export function spanText({ value, unit, calendar, at }: Pick<ClockEntry, 'value' | 'unit' | 'calendar' | 'at'>): Bilingual {
  if (value === null) {
    const { zh, many } = UNIT_WORDS[unit];
    return { zh: `未规定（以${zh.replace('个', '')}计）`, en: `not set (in ${many})` };
  }
  const length = lengthText(value, unit);
  if (calendar === 'lead-time') return { zh: `提前 ${length.zh}`, en: `${length.en} ahead` };
  if (value === 0 && calendar !== 'cut-off') return { zh: '立即', en: 'at once' };
  return calendar === 'cut-off' ? cutOffText(value, unit, at ?? '24:00') : length;
}

function cutOffText(value: number, unit: Unit, at: string): Bilingual {
  const working = unit === 'working-day';
  const clockTime = at === '24:00' ? { zh: '结束前', en: 'end of' } : { zh: ` ${at} 前`, en: `${at} on` };
  if (value === 0) return { zh: `当日${clockTime.zh}`, en: `${clockTime.en} the same day` };
  if (value === 1) return { zh: `次${working ? '一工作' : ''}日${clockTime.zh}`, en: `${clockTime.en} the next ${working ? 'working ' : ''}day` };
  return { zh: `第 ${value} ${working ? '个工作日' : '日'}${clockTime.zh}`, en: `${clockTime.en} the ${ordinal(value)} ${working ? 'working ' : ''}day after` };
}

function ordinal(value: number): string {
  const suffix = value % 100 > 10 && value % 100 < 14 ? 'th' : ['th', 'st', 'nd', 'rd'][value % 10] ?? 'th';
  return `${value}${suffix}`;
}
