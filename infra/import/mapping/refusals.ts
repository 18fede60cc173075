import type { RowRefusal } from '../readers/source-row.js';
import type { Target } from './targets.js';

const SHOWN = 40;

export function missing(field: string, columns: readonly string[]): RowRefusal {
  const from = columns.length > 0 ? columns.join(', ') : field;
  return { code: 'value-missing', field, zh: `缺少“${from}”。`, en: `"${from}" is empty or says that it is not known.` };
}

export function noKey(columns: readonly string[]): RowRefusal {
  return { code: 'key-missing', field: columns.join(' / '), zh: '该行没有编号，无法识别。', en: 'The row has no key and could not be recognised again.' };
}

/** Customers' words stay in the file; only values of other fields are shown. */
export function unreadable(field: string, target: Target, value: string, wanted: { readonly zh: string; readonly en: string }): RowRefusal {
  const shown = target.personal ? '' : ` "${value.slice(0, SHOWN)}"`;
  return { code: `not-${target.kind}`, field, zh: `值${shown}不是${wanted.zh}。`, en: `The value${shown} is not ${wanted.en}.` };
}

export function notListed(field: string, target: Target, value: string): RowRefusal {
  const shown = target.personal ? '' : ` "${value.slice(0, SHOWN)}"`;
  return { code: 'value-not-mapped', field, zh: `映射中没有值${shown}。`, en: `The mapping does not say what${shown || ' the value'} means.` };
}
