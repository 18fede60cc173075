import type { TableEntry } from '../pack/pack.schema.js';
import { BadTable, compileTable, overlapsOf } from '../tables/decision-table.js';
import { regionsOf } from '../tables/regions.js';
import { readRows, type TablePlace } from '../tables/rows.js';
import type { TableInputs } from '../terms.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

/** A table of a policy has some dozens of combinations; beyond this the search for idle rows is left out. */
const MOST_COMBINATIONS = 20_000;

export function tablesThatNameNoOneRow(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap((placed) => {
    const { entry, file, pack, version, key } = placed;
    return entry.kind === 'table' && entry.value !== null ? faultsOf(entry, placed, { file, pack, version: String(version), key }) : [];
  });
}

function faultsOf(entry: TableEntry, { file, key }: PlacedEntry, place: TablePlace): Finding[] {
  try {
    const overlaps = overlapsOf(entry, place).map(({ rows: [one, other], example }) => finding('rows-overlap', file, key,
      `行 ${one} 与行 ${other} 同时匹配，例如 ${shown(example)}：改条件，使其只匹配一行`, `rows ${one} and ${other} both match ${shown(example)}: change the conditions so that one row does`));
    const idle = rowsThatNeverDecide(entry, place).map((row) => finding('row-never-decides', file, key,
      `行 ${row} 从不单独匹配：改条件，或删去`, `row ${row} never is the one that matches: change its conditions or take it out`));
    return [...overlaps, ...idle];
  } catch (error) {
    if (!(error instanceof BadTable)) throw error;
    return error.faults.map(({ message }) => finding('table-cannot-be-read', file, key, `此表无法读取：${message}`, `the table cannot be read: ${message}`));
  }
}

/** Tried with one value out of every region in which no condition can change its answer, so no row is missed. */
function rowsThatNeverDecide(entry: TableEntry, place: TablePlace): string[] {
  const { rows } = readRows(entry, place, []);
  const columns = Object.entries(entry.inputs).map(([name, type], at) => [name, regionsOf(type, rows.flatMap(({ cells }) => cells.get(at)?.marks ?? [])).samples] as const);
  if (columns.reduce((product, [, samples]) => product * samples.length, 1) > MOST_COMBINATIONS) return [];
  const table = compileTable(entry, place);
  const idle = new Set(rows.map(({ id }) => id));
  for (const inputs of combinationsOf(columns)) {
    idle.delete(table.decide(inputs).trace.rule);
    if (idle.size === 0) break;
  }
  return [...idle];
}

function* combinationsOf(columns: readonly (readonly [string, readonly (string | number | boolean)[]])[]): Generator<TableInputs> {
  const [first, ...others] = columns;
  if (!first) {
    yield {};
    return;
  }
  for (const rest of combinationsOf(others)) for (const value of first[1]) yield { ...rest, [first[0]]: value };
}

const shown = (example: TableInputs): string => Object.entries(example).map(([name, value]) => `${name} = ${String(value)}`).join(', ');
