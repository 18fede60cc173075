import type { ColumnType, TableEntry, TableRow } from '../pack/pack.schema.js';
import type { TableValue } from '../terms.js';
import { minorOfYuan, readCondition, type Condition } from './condition.js';

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

/** One mistake in a table. `message` names file, key and row. */
export interface TableFault {
  readonly row: string | null;
  readonly message: string;
}

export function whereIs({ file, pack, key }: TablePlace, row: string | null): string {
  return [file, `${pack}/${key}`, row === null ? undefined : `row ${row}`].filter((part) => part !== undefined).join(', ');
}

/** Far more than any policy has; every pair of rows is compared. */
const MOST_ROWS = 300;

/** Every mistake of a table at once, so that its author need not find them one by one. */
export function readRows(entry: TableEntry, place: TablePlace, settled: readonly SettledRow[]): { rows: CompiledRow[]; faults: TableFault[] } {
  const faults: TableFault[] = [];
  const fault = (row: string | null, why: string) => {
    faults.push({ row, message: `${whereIs(place, row)}: ${why}` });
  };
  const table = entry.value ?? [];
  if (table.length === 0) fault(null, 'has no row');
  if (table.length > MOST_ROWS) {
    fault(null, `has ${table.length} rows: at most ${MOST_ROWS} can be checked`);
    return { rows: [], faults };
  }
  for (const [name, type] of Object.entries(entry.inputs)) if (type === 'roles') fault(null, `input ${name} cannot be a list of roles`);
  if (Object.keys(entry.outputs).length === 0) fault(null, 'has no output');
  const ids = table.map(({ id }) => id);
  for (const id of new Set(ids.filter((one, at) => ids.indexOf(one) !== at))) fault(id, 'stands there twice');
  for (const { row } of settled) {
    const open = table.find(({ id }) => id === row);
    if (!open) fault(row, 'is settled, but there is no such row');
    else if (open.then !== null) fault(row, 'is settled, but is no open point');
  }
  const rows = table.map((row) => {
    const say = (why: string) => fault(row.id, why);
    const settledAs = settled.findLast((one) => one.row === row.id)?.then ?? null;
    return { id: row.id, cells: readCells(row, entry, say), then: readOutputs(row.then ?? settledAs, entry, say) };
  });
  return { rows, faults };
}

function readCells(row: TableRow, entry: TableEntry, say: (why: string) => void): ReadonlyMap<number, Condition> {
  const columns = Object.entries(entry.inputs);
  const cells = new Map<number, Condition>();
  for (const [name, text] of Object.entries(row.if)) {
    const place = columns.findIndex(([column]) => column === name);
    const type = columns[place]?.[1];
    if (type === undefined) {
      say(`has a condition on ${name}, which is no input`);
      continue;
    }
    const read = readCondition(text, type, `i${place}`);
    if ('why' in read) say(`${name} ${text}: ${read.why}`);
    else cells.set(place, read);
  }
  return cells;
}

function readOutputs(then: TableRow['then'], entry: TableEntry, say: (why: string) => void): CompiledRow['then'] {
  if (then === null) return null;
  for (const name of Object.keys(then)) if (!Object.hasOwn(entry.outputs, name)) say(`gives ${name}, which is no output`);
  const values = Object.entries(entry.outputs).map(([name, type]) => {
    const given = Object.hasOwn(then, name) ? then[name] : undefined;
    const value = given === undefined ? null : outputOf(given, type);
    if (value === null) say(given === undefined ? `gives no ${name}` : `${name} ${JSON.stringify(given)} is not of type ${type}`);
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
