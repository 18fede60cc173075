import { decimalYuan, type Bilingual } from 'aftercare/kernel';
import type { CountedBy, PackEntry, Unit } from '../pack/pack.schema.js';

/** Words of the pack format in both languages. What a pack may say is a closed list, so every word of it is here. */
export const UNIT_WORDS: Readonly<Record<Unit, { readonly zh: string; readonly one: string; readonly many: string }>> = {
  second: { zh: '秒', one: 'second', many: 'seconds' },
  minute: { zh: '分钟', one: 'min', many: 'min' },
  hour: { zh: '小时', one: 'h', many: 'h' },
  day: { zh: '天', one: 'day', many: 'days' },
  week: { zh: '周', one: 'week', many: 'weeks' },
  month: { zh: '个月', one: 'month', many: 'months' },
  year: { zh: '年', one: 'year', many: 'years' },
  'working-hour': { zh: '个工作小时', one: 'working hour', many: 'working hours' },
  'working-day': { zh: '个工作日', one: 'working day', many: 'working days' },
};

export const CALENDAR_WORDS: Readonly<Record<CountedBy, Bilingual>> = {
  'wall-clock': { zh: '自然时间', en: 'wall-clock time' },
  'working-hours': { zh: '工作时间', en: 'working hours' },
  'working-days': { zh: '工作日', en: 'working days' },
  'cut-off': { zh: '截止钟点', en: 'cut-off' },
  'lead-time': { zh: '倒计', en: 'counted backwards' },
};

export const PERIOD_WORDS = {
  day: { zh: '天', en: 'day' }, week: { zh: '周', en: 'week' }, month: { zh: '月', en: 'month' },
  quarter: { zh: '季度', en: 'quarter' }, 'half-year': { zh: '半年', en: 'half-year' }, year: { zh: '年', en: 'year' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const SOURCE_WORDS: Readonly<Record<PackEntry['source'], Bilingual>> = {
  stated: { zh: '原文规定', en: 'stated' },
  reading: { zh: '我方理解', en: 'our reading' },
  unset: { zh: '原文未规定，须填写或停用', en: 'unset: fill it or switch it off' },
};

/** No rule, clock table or table lookup of the program asks for the key. */
export const NOT_ACTED_ON: Bilingual = { zh: '程序尚未执行', en: 'kept, not acted on yet' };

export const NATURE_WORDS = {
  service: { zh: '服务时限', en: 'service' }, regulatory: { zh: '法定时限', en: 'regulatory' },
} as const satisfies Readonly<Record<string, Bilingual>>;

/** Units of numbers are free words in a pack; those in use have Chinese ones, any other shows as written. */
const COUNTED: Readonly<Record<string, string>> = {
  attempts: '次', rounds: '轮', points: '分', seconds: '秒', customers: '位客户', years: '年', year: '年', days: '天', digits: '位', components: '项',
  'levels of satisfaction': '级满意度', pieces: '件',
};

export function counted(value: number, unit: string): Bilingual {
  if (unit === 'percent') return { zh: `${value} %`, en: `${value} %` };
  // Minor units are for the program: whoever reads `20000 fen` takes them for yuan.
  if (unit === 'fen') return { zh: `${decimalYuan(value)} 元`, en: `CNY ${decimalYuan(value)}` };
  if (unit === 'basis-points') return { zh: hundredths(value), en: hundredths(value) };
  return { zh: `${value} ${COUNTED[unit] ?? unit}`, en: `${value} ${value !== 1 && unit === 'year' ? 'years' : unit}` };
}

/** 1000 basis points are 10 %; digits only, so that 29 is 0.29 % and not 0.28999. */
function hundredths(value: number): string {
  const rest = String(Math.abs(value % 100)).padStart(2, '0').replace(/0+$/, '');
  return `${Math.trunc(value / 100)}${rest === '' ? '' : `.${rest}`} %`;
}
