import type { TableInputs } from '../terms.js';
import type { Regions } from './regions.js';
import type { CompiledRow } from './rows.js';

/** What a column can hold and which rows each of the values suits, by place of the row. */
export interface MatchedColumn {
  readonly name: string;
  readonly samples: readonly (string | number | boolean)[];
  readonly suits: readonly (readonly boolean[])[];
}

/** Characters of conditions that the engine is asked to read for one table: about a fifth of a second of its time. */
const MOST_READING = 8_000_000;

/** How much the engine would have to read; above 1 a table is too large to be searched. */
export function shareOfTheMost(rows: readonly CompiledRow[], columns: readonly { readonly regions: Regions }[]): number {
  const reading = columns.map(({ regions }, at) => regions.samples.length * [...cellsOf(rows, at).keys()].reduce((sum, text) => sum + text.length, 0));
  return reading.reduce((sum, one) => sum + one, 0) / MOST_READING;
}

/** Cells by their text: most rows of a table share their conditions with others. */
function cellsOf(rows: readonly CompiledRow[], column: number): Map<string, CompiledRow> {
  const cells = new Map<string, CompiledRow>();
  for (const row of rows) {
    const cell = row.cells.get(column);
    if (cell && !cells.has(cell.expression)) cells.set(cell.expression, { ...row, cells: new Map([[column, cell]]) });
  }
  return cells;
}

type Ask = (rows: readonly CompiledRow[], column: number, sample: string | number | boolean) => readonly boolean[];

/** Cells of different columns know nothing of each other, so each column is asked alone, once per region. */
export function matched(rows: readonly CompiledRow[], columns: readonly { readonly name: string; readonly regions: Regions }[], ask: Ask): readonly MatchedColumn[] {
  return columns.map(({ name, regions: { samples } }, at) => {
    const cells = cellsOf(rows, at);
    const places = new Map([...cells.keys()].map((text, place) => [text, place]));
    return {
      name, samples, suits: samples.map((sample) => {
        const answers = cells.size === 0 ? [] : ask([...cells.values()], at, sample);
        return rows.map(({ cells: own }) => { const cell = own.get(at); return cell === undefined || answers[places.get(cell.expression) ?? -1] === true; });
      }),
    };
  });
}

export interface Overlap { readonly rows: readonly [string, string]; readonly example: TableInputs }

export function overlapsAmong(rows: readonly CompiledRow[], columns: readonly MatchedColumn[], most: number): readonly Overlap[] {
  const found: Overlap[] = [];
  for (let a = 0; a < rows.length; a += 1) {
    for (let b = a + 1; b < rows.length; b += 1) {
      const example = columns.map(({ name, samples, suits }) => [name, samples.find((_, at) => suits[at]?.[a] && suits[at]?.[b])] as const);
      if (example.some(([, value]) => value === undefined)) continue;
      found.push({ rows: [rows[a]?.id ?? '', rows[b]?.id ?? ''], example: Object.fromEntries(example) });
      if (found.length >= most) return found;
    }
  }
  return found;
}

/** Rows that are the one that matches under no combination; null where there are more combinations than are tried. */
export function neverAlone(rows: readonly CompiledRow[], columns: readonly MatchedColumn[], most: number): readonly string[] | null {
  if (columns.reduce((product, { samples }) => product * samples.length, 1) > most) return null;
  const idle = new Set(rows.map((_, at) => at));
  const walk = (column: number, left: readonly number[]): void => {
    if (left.length === 0 || idle.size === 0) return;
    const here = columns[column];
    if (here) for (const suits of here.suits) walk(column + 1, left.filter((row) => suits[row]));
    else if (left.length === 1) idle.delete(left[0] ?? -1);
  };
  walk(0, rows.map((_, at) => at));
  return [...idle].map((at) => rows[at]?.id ?? '');
}

/**
 * Inputs between two that have rows and have none themselves, one example per column of numbers: the amount that stands in
 * neither of two bands. What no row has at either end is left out, since a table may begin where it likes.
 */
export function holesAmong(rows: readonly CompiledRow[], columns: readonly MatchedColumn[], most: number): readonly TableInputs[] {
  if (columns.reduce((product, { samples }) => product * samples.length, 1) > most) return [];
  return columns.flatMap((numbers) => {
    if (typeof numbers.samples[0] !== 'number') return [];
    const others = columns.filter((column) => column !== numbers);
    const walk = (column: number, left: readonly number[], inputs: TableInputs): TableInputs | null => {
      const here = others[column];
      if (left.length === 0) return null;
      if (!here) {
        const hole = holeIn(numbers.suits.map((suits) => left.some((row) => suits[row])));
        return hole === null ? null : { ...inputs, [numbers.name]: numbers.samples[hole] };
      }
      for (const [at, suits] of here.suits.entries()) {
        const found = walk(column + 1, left.filter((row) => suits[row]), { ...inputs, [here.name]: here.samples[at] });
        if (found) return found;
      }
      return null;
    };
    const found = walk(0, rows.map((_, at) => at), {});
    return found === null ? [] : [found];
  });
}

function holeIn(answered: readonly boolean[]): number | null {
  const [first, last] = [answered.indexOf(true), answered.lastIndexOf(true)];
  const hole = answered.findIndex((isAnswered, at) => !isAnswered && at > first && at < last);
  return first < 0 || hole < 0 ? null : hole;
}
