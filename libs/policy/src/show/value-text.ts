import type { Bilingual } from 'aftercare/kernel';
import type { EntryOf, PackEntry } from '../pack/pack.schema.js';
import { spanText } from './span-text.js';
import type { Cell } from './view.js';
import { counted, PERIOD_WORDS } from './words.js';

/** Months and quarters are counted with a measure word. */
const MEASURED: Readonly<Partial<Record<EntryOf<'cadence'>['every'], string>>> = { month: '个月', quarter: '个季度', 'half-year': '个半年' };
const UNSET: Bilingual = { zh: '未规定', en: 'not set' };

/** What an entry says, without where it comes from. A table says how many rows it has; it is shown as a table of its own. */
export function valueText(entry: PackEntry): Cell {
  if (entry.kind === 'unlimited') return [{ zh: '不限', en: 'unlimited' }];
  if (entry.value === null) return [entry.kind === 'clock' ? spanText(entry) : UNSET];
  switch (entry.kind) {
    case 'clock': return [spanText(entry)];
    case 'cadence': return [every({ ...entry, value: entry.value })];
    case 'amount': return [yuanText(entry.value)];
    case 'range': return [per(entry, yuanText(`${entry.value.from} – ${entry.value.to}`))];
    case 'number': return [counted(entry.value, entry.unit)];
    case 'switch': return [entry.value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }];
    case 'choice': return [entry.value];
    case 'list': return entry.value.length === 0 ? [{ zh: '（空）', en: '(none)' }] : entry.value;
    case 'mapping': return Object.entries(entry.value).map(([name, value]) => ({ zh: `${name}：${per(entry, counted(value, entry.unit)).zh}`, en: `${name}: ${per(entry, counted(value, entry.unit)).en}` }));
    case 'text': return [entry.value];
    case 'table': return [{ zh: `${entry.value.length} 行，见表`, en: `${entry.value.length} rows, see the table` }];
    default: return entry satisfies never;
  }
}

const yuanText = (yuan: string): Bilingual => ({ zh: `${yuan} 元`, en: `CNY ${yuan}` });

function every({ value, every: period }: { readonly value: number; readonly every: EntryOf<'cadence'>['every'] }): Bilingual {
  const { zh, en } = PERIOD_WORDS[period];
  return value === 1 ? { zh: `每${zh}一次`, en: `once a ${en}` } : { zh: `每 ${value} ${MEASURED[period] ?? zh}一次`, en: `every ${value} ${en}s` };
}

function per({ per: period }: Pick<EntryOf<'mapping' | 'range'>, 'per'>, said: Bilingual): Bilingual {
  return period === undefined ? said : { zh: `${said.zh}（每${PERIOD_WORDS[period].zh}）`, en: `${said.en} a ${PERIOD_WORDS[period].en}` };
}
