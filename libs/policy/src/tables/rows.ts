import type { Bilingual } from 'aftercare/kernel';
import type { ColumnType, TableEntry, TableRow } from '../pack/pack.schema.js';
import type { TableValue } from '../terms.js';
import { minorOfYuan, readCondition, type Condition } from './condition.js';
import { nearestWord } from './nearest-word.js';

/** Where a table stands, for messages: `packs/company/P001C.yaml`, the pack and the key. */
export interface TablePlace {
  readonly file?: string;
  readonly pack: string;
  readonly version: string;
  readonly key: string;
}

/** What a company has decided about an open row; null leaves it to a person, on purpose. */
export interface SettledRow {
  readonly row: string;
  readonly then: TableRow['then'];
}

export interface CompiledRow {
  readonly id: string;
  /** By place of the column. */
  readonly cells: ReadonlyMap<number, Condition>;
  readonly then: Readonly<Record<string, TableValue>> | null;
}

/** One mistake in a table. `message` and `zh`, the same in Chinese, name file, key and row. */
export interface TableFault {
  readonly row: string | null;
  readonly message: string;
  readonly zh: string;
}

export function whereIs({ file, pack, key }: TablePlace, row: string | null): string {
  return [file, `${pack}/${key}`, row === null ? undefined : `row ${row}`].filter((part) => part !== undefined).join(', ');
}

export function faultAt(place: TablePlace, row: string | null, { zh, en }: Bilingual): TableFault {
  const table = [place.file, `${place.pack}/${place.key}`].filter((part) => part !== undefined).join('，');
  return { row, message: `${whereIs(place, row)}: ${en}`, zh: `${table}${row === null ? '' : `，行 ${row}`}：${zh}` };
}

/** Far more than any policy has; every pair of rows is compared. */
const MOST_ROWS = 300;

/** Every mistake of a table at once, so that its author need not find them one by one. */
export function readRows(entry: TableEntry, place: TablePlace, settled: readonly SettledRow[]): { rows: CompiledRow[]; faults: TableFault[] } {
  const faults: TableFault[] = [];
  const fault = (row: string | null, why: Bilingual) => {
    faults.push(faultAt(place, row, why));
  };
  const table = entry.value ?? [];
  if (table.length === 0) fault(null, { zh: '没有任何行：请写出', en: 'has no row: write one' });
  if (table.length > MOST_ROWS) {
    fault(null, { zh: `有 ${table.length} 行：最多可检查 ${MOST_ROWS} 行`, en: `has ${table.length} rows: at most ${MOST_ROWS} can be checked` });
    return { rows: [], faults };
  }
  for (const [name, type] of Object.entries(entry.inputs)) if (type === 'roles') fault(null, { zh: `输入 ${name} 不能是角色列`, en: `input ${name} cannot be a list of roles` });
  if (Object.keys(entry.outputs).length === 0) fault(null, { zh: '没有结果列：在 outputs 中写出', en: 'has no output: name one under outputs' });
  const ids = table.map(({ id }) => id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) fault(id, { zh: '出现了两次：改用不同的行号', en: 'stands there twice: give each row an id of its own' });
  for (const { row } of settled) {
    const open = table.find(({ id }) => id === row);
    if (!open) fault(row, noSuchRow(row, table));
    else if (open.then !== null) fault(row, { zh: '已有结果，不是待定之处：删去此项', en: 'is settled, but is no open point: take it out' });
  }
  const rows = table.map((row) => {
    const say = (why: Bilingual) => fault(row.id, why);
    const settledAs = settled.findLast((one) => one.row === row.id)?.then ?? null;
    return { id: row.id, cells: readCells(row, entry, say), then: readOutputs(row.then ?? settledAs, entry, say) };
  });
  return { rows, faults };
}

const OPEN_ROWS_NAMED = 12;

/** Who settles a row means an open one: the nearest of them, else all that there are. */
function noSuchRow(row: string, table: readonly TableRow[]): Bilingual {
  const open = table.filter(({ then }) => then === null).map(({ id }) => id);
  const near = nearestWord(row, open) ?? nearestWord(row, table.map(({ id }) => id));
  const rows = open.slice(0, OPEN_ROWS_NAMED);
  const [zh, en] = near !== null ? [`应为 ${near}？`, `write ${near}?`] : rows.length === 0 ? ['此表没有待定的行，删去此项', 'the table has no open row, take it out']
    : [`待定的行：${rows.join('、')}`, `its open rows are ${rows.join(', ')}`];
  return { zh: `没有这一行：${zh}`, en: `is settled, but there is no such row: ${en}` };
}

/** How a value of each type is written. */
const WRITTEN: Readonly<Record<ColumnType, Bilingual>> = {
  money: { zh: "金额（元，两位小数的文字），例如 '5000.00'", en: "yuan with two decimals as a text, like '5000.00'" }, integer: { zh: '整数', en: 'a whole number' },
  word: { zh: '文字', en: 'a text' }, flag: { zh: ' true 或 false', en: 'true or false' }, roles: { zh: '角色列表，例如 [intake.head]', en: 'a list of roles, like [intake.head]' },
};

const notOfType = (name: string, given: unknown, type: ColumnType): Bilingual => ({
  zh: `${name} ${JSON.stringify(given)} 的类型不对：须写${WRITTEN[type].zh}`, en: `${name} ${JSON.stringify(given)} is not of type ${type}: write ${WRITTEN[type].en}`,
});

function readCells(row: TableRow, entry: TableEntry, say: (why: Bilingual) => void): ReadonlyMap<number, Condition> {
  const columns = Object.entries(entry.inputs);
  const cells = new Map<number, Condition>();
  for (const [name, text] of Object.entries(row.if)) {
    const place = columns.findIndex(([column]) => column === name);
    const type = columns[place]?.[1];
    if (type === undefined) {
      say({ zh: `条件列 ${name} 不是输入列`, en: `has a condition on ${name}, which is no input` });
      continue;
    }
    const read = readCondition(text, type, `i${place}`);
    if ('why' in read) say({ zh: `${name} ${text}：${read.why.zh}`, en: `${name} ${text}: ${read.why.en}` });
    else cells.set(place, read);
  }
  return cells;
}

function readOutputs(then: TableRow['then'], entry: TableEntry, say: (why: Bilingual) => void): CompiledRow['then'] {
  if (then === null) return null;
  for (const name of Object.keys(then)) if (!Object.hasOwn(entry.outputs, name)) say({ zh: `给出 ${name}，但没有这个结果列`, en: `gives ${name}, which is no output` });
  const values = Object.entries(entry.outputs).map(([name, type]) => {
    const given = Object.hasOwn(then, name) ? then[name] : undefined;
    const value = given === undefined ? null : outputOf(given, type);
    if (value === null) say(given === undefined ? { zh: `没有给出 ${name}`, en: `gives no ${name}` } : notOfType(name, given, type));
    return [name, value ?? ''] as const;
  });
  return Object.freeze(Object.fromEntries(values));
}

/** Money as integer minor units; null where the value is not of the column's type. */
function outputOf(given: string | number | boolean | readonly string[], type: ColumnType): TableValue | null {
  switch (type) {
    case 'money': return typeof given === 'string' ? minorOfYuan(given) : null;
    case 'integer': return Number.isSafeInteger(given) ? given : null;
    case 'word': return typeof given === 'string' && given !== '' ? given : null;
    case 'flag': return typeof given === 'boolean' ? given : null;
    case 'roles': return Array.isArray(given) && given.length > 0 ? Object.freeze([...given]) : null;
  }
}
