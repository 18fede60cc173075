import type { TableEntry } from '../pack/pack.schema.js';
import { BadTable, searchTable } from '../tables/decision-table.js';
import type { TablePlace } from '../tables/rows.js';
import type { TableInputs } from '../terms.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

export function tablesThatNameNoOneRow(files: PolicyFiles): Finding[] {
  return [...packEntries(files), ...ownEntries(files)].flatMap((placed) => {
    const { entry, file, pack, version, key } = placed;
    return entry.kind === 'table' && entry.value !== null ? faultsOf(entry, placed, { file, pack, version: String(version), key }) : [];
  });
}

function faultsOf(entry: TableEntry, { file, key }: PlacedEntry, place: TablePlace): Finding[] {
  try {
    const search = searchTable(entry, place);
    const overlaps = search.overlaps.map(({ rows: [one, other], example }) => finding('rows-overlap', file, key,
      `行 ${one} 与行 ${other} 同时匹配，例如 ${shown(example)}：改条件，使其只匹配一行`, `rows ${one} and ${other} both match ${shown(example)}: change the conditions so that one row does`));
    const idle = search.idle.map((row) => finding('row-never-decides', file, key,
      `行 ${row} 从不单独匹配：改条件，或删去`, `row ${row} never is the one that matches: change its conditions or take it out`));
    return [...overlaps, ...idle];
  } catch (error) {
    if (!(error instanceof BadTable)) throw error;
    return error.faults.map(({ message }) => finding('table-cannot-be-read', file, key, `此表无法读取：${message}`, `the table cannot be read: ${message}`));
  }
}

const shown = (example: TableInputs): string => Object.entries(example).map(([name, value]) => `${name} = ${String(value)}`).join(', ');
