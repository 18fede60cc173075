import { evaluateExpressionSync } from '@gorules/zen-engine';
import type { ColumnType, TableEntry } from '../pack/pack.schema.js';
import type { TableInputs, TableOutcome, TableValue } from '../terms.js';
import { matched, holesAmong, neverAlone, overlapsAmong, shareOfTheMost, type Overlap } from './matching.js';
import { regionsOf, type Regions } from './regions.js';
import { readRows, faultAt, type CompiledRow, type SettledRow, type TableFault, type TablePlace } from './rows.js';

/** A decision table ready to be asked. Pure: the same inputs always give the same answer. */
export interface DecisionTable {
  /**
   * Exactly one row must match. An input that is not known (null, absent) never lets a row be passed over: as long as
   * one row could still match because of it the answer is `missing-input`. Rows that leave the column out do not care.
   * @throws RangeError for an input of another type than its column (money and integers are safe integers): a mistake
   * of the asking program, not a state of a case.
   */
  decide(inputs: TableInputs): TableOutcome;
}

/** A table with mistakes. Found when packs are read or adopted, never when a case is decided. */
export class BadTable extends Error {
  constructor(readonly faults: readonly TableFault[]) {
    super(faults.map(({ message }) => message).join('\n'));
    this.name = 'BadTable';
  }
}

type Input = string | number | boolean | null;
type Answer =
  | { readonly determined: true; readonly then: Readonly<Record<string, TableValue>>; readonly rule: string; readonly outcome: string }
  | { readonly determined: false; readonly why: Exclude<Extract<TableOutcome, { determined: false }>['why'], 'not-adopted'>; readonly rule: string; readonly outcome: string };

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly regions: Regions;
}

/** The regions of all tables in use together are a few hundred; this bounds what a table with many words can take. */
const MOST_ANSWERS_KEPT = 20_000;

/** @throws BadTable naming every mistake by file, key and row. */
export function compileTable(entry: TableEntry, { settled = [], ...place }: TablePlace & { readonly settled?: readonly SettledRow[] }): DecisionTable {
  const { rows, faults } = readRows(entry, place, settled);
  if (faults.length > 0) throw new BadTable(faults);
  const columns = columnsOf(entry, rows);
  const combinations = columns.reduce((product, { regions }) => product * regions.count, 1);
  if (!Number.isSafeInteger(combinations)) throw new BadTable([faultAt(place, null, { zh: '列和条件过多：减少', en: 'has too many columns and marks' })]);
  askOnce(rows, columns, place);
  const answers = new Map<number, Answer>();
  return {
    decide(inputs) {
      const values = columns.map((column) => known(inputs, column));
      const combination = columns.reduce((sum, { regions }, at) => sum * regions.count + regions.regionOf(values[at] ?? null), 0);
      let answer = answers.get(combination);
      if (answer === undefined) {
        answer = answerOf(rows, columns, values);
        if (answers.size >= MOST_ANSWERS_KEPT) answers.clear();
        answers.set(combination, answer);
      }
      return told(answer, place, columns, values);
    },
  };
}

/** A person mends the first few; a table in which all rows meet has thousands of pairs. */
const MOST_OVERLAPS = 50;
/** A table of a policy has some dozens of combinations; beyond this the search for idle rows is left out. */
const MOST_COMBINATIONS = 20_000;

export interface TableSearch {
  /** Pairs of rows that some inputs match both, with such inputs; the first 50. */
  readonly overlaps: readonly Overlap[];
  /** Rows that are never the one that matches, tried with one value out of every region; empty when there are too many. */
  readonly idle: readonly string[];
  /** Inputs between two bands that no row has; empty when there are too many combinations. */
  readonly holes: readonly TableInputs[];
  /** How much of the most that one table may take the search took, 0 to 1. */
  readonly share: number;
}

/** What a check of a pack reports. @throws BadTable also for a table that is too large to be searched in about a second */
export function searchTable(entry: TableEntry, place: TablePlace): TableSearch {
  const { rows, faults } = readRows(entry, place, []);
  if (faults.length > 0) throw new BadTable(faults);
  const columns = columnsOf(entry, rows);
  const share = shareOfTheMost(rows, columns);
  if (share > 1) throw new BadTable([faultAt(place, null, { zh: '此表过大，无法检查：减少行数，或减少其中的词和金额', en: 'is too large to be checked: write fewer rows, or fewer words and amounts in them' })]);
  askOnce(rows, columns, place);
  const found = matched(rows, columns, (cells, column, sample) => matchesOf(cells, columns, columns.map((_, at) => (at === column ? sample : null))));
  return {
    share, overlaps: overlapsAmong(rows, found, MOST_OVERLAPS),
    idle: neverAlone(rows, found, MOST_COMBINATIONS) ?? [], holes: holesAmong(rows, found, MOST_COMBINATIONS),
  };
}

/** Pairs of rows that some inputs match both, with such inputs. @throws BadTable */
export function overlapsOf(entry: TableEntry, place: TablePlace): readonly Overlap[] {
  return searchTable(entry, place).overlaps;
}

function columnsOf(entry: TableEntry, rows: readonly CompiledRow[]): Column[] {
  return Object.entries(entry.inputs).map(([name, type], at) => ({
    name, type, regions: regionsOf(type, rows.flatMap(({ cells }) => cells.get(at)?.marks ?? [])),
  }));
}

/** A cell that the engine does not understand is refused now and not under a case. */
function askOnce(rows: readonly CompiledRow[], columns: readonly Column[], place: TablePlace): void {
  for (const row of rows) {
    try {
      matchesOf([row], columns, columns.map(({ regions }) => regions.samples[0] ?? null));
    } catch (error) {
      const [why] = String(error instanceof Error ? error.message : error).split('\n');
      throw new BadTable([faultAt(place, row.id, { zh: `引擎不接受：${why}`, en: `the engine refuses it: ${why}` })]);
    }
  }
}

function known(inputs: TableInputs, { name, type }: Column): Input {
  const value = Object.hasOwn(inputs, name) ? inputs[name] ?? null : null;
  if (value === null) return null;
  const right = type === 'flag' ? typeof value === 'boolean' : type === 'word' ? typeof value === 'string' : Number.isSafeInteger(value);
  if (!right) throw new RangeError(`Input ${name} of a decision table has to be of type ${type}, not ${typeof value} ${String(value)}`);
  // -0 and 0 are the same amount, and have to read the same in the recorded trace.
  return value === 0 ? 0 : value;
}

/**
 * Three-valued: a row is out if a known input fails it, in if all it asks about is known and suits, and open otherwise.
 * An open row may be the one that matches, or the second one, so no other row can be named before it is settled.
 */
function answerOf(rows: readonly CompiledRow[], columns: readonly Column[], values: readonly Input[]): Answer {
  const matches = matchesOf(rows, columns, values);
  const left = rows.filter((_, at) => matches[at]);
  const missing = columns.filter((_, at) => values[at] === null && left.some(({ cells }) => cells.has(at)));
  if (missing.length > 0) return undetermined('missing-input', missing.map(({ name }) => name));
  const [row, ...others] = left;
  if (!row) return undetermined('no-match', []);
  if (others.length > 0) return undetermined('several-match', left.map(({ id }) => id));
  if (!row.then) return { ...undetermined('open-point', []), rule: row.id };
  return { determined: true, then: row.then, rule: row.id, outcome: outcomeOf(row.then) };
}

/** One call of the engine for all rows. Inputs travel as values of variables and are no part of any expression. */
function matchesOf(rows: readonly CompiledRow[], columns: readonly Column[], values: readonly Input[]): readonly boolean[] {
  const tests = rows.map(({ cells }) => [...cells].filter(([at]) => values[at] !== null).map(([, { expression }]) => `(${expression})`).join(' and ') || 'true');
  const context = Object.fromEntries(columns.flatMap(({ regions }, at) => {
    const value = values[at] ?? null;
    return value === null ? [] : [[`i${at}`, regions.spokenFor(value)]];
  }));
  const answer: unknown = evaluateExpressionSync(`[${tests.join(', ')}]`, context);
  if (!Array.isArray(answer) || answer.length !== rows.length || !answer.every((one) => typeof one === 'boolean')) {
    throw new Error(`The engine answered ${JSON.stringify(answer)} for ${rows.length} rows`);
  }
  return answer;
}

function undetermined(why: Extract<Answer, { determined: false }>['why'], names: readonly string[]): Extract<Answer, { determined: false }> {
  return { determined: false, why, rule: 'undetermined', outcome: `undetermined: ${why}${names.length > 0 ? ` (${names.join(', ')})` : ''}` };
}

/** The value itself where the table has one output, else `name: value` pairs. */
function outcomeOf(then: Readonly<Record<string, TableValue>>): string {
  const texts = Object.entries(then).map(([name, value]) => [name, Array.isArray(value) ? value.join(' + ') : String(value)] as const);
  return texts.length === 1 ? texts[0]?.[1] ?? '' : texts.map(([name, text]) => `${name}: ${text}`).join('; ');
}

function told(answer: Answer, place: TablePlace, columns: readonly Column[], values: readonly Input[]): TableOutcome {
  const inputs = Object.fromEntries(columns.map(({ name }, at) => [name, values[at] ?? null]));
  const trace = { id: place.pack, version: place.version, rule: answer.rule, inputs, outcome: answer.outcome };
  return answer.determined ? { determined: true, then: answer.then, trace } : { determined: false, why: answer.why, trace };
}
