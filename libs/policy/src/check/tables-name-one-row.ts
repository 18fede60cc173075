import type { TableEntry } from '../pack/pack.schema.js';
import { BadTable, searchTable } from '../tables/decision-table.js';
import type { TablePlace } from '../tables/rows.js';
import type { TableInputs } from '../terms.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

/** Tables of the largest size that one document may have; the shipped ones together are less than a twentieth of one. */
const MOST_TOGETHER = 2;

export function tablesThatNameNoOneRow(files: PolicyFiles): Finding[] {
  let taken = 0;
  return [...packEntries(files), ...ownEntries(files)].flatMap((placed) => {
    const { entry, file, pack, version, key } = placed;
    if (entry.kind !== 'table' || entry.value === null) return [];
    if (taken > MOST_TOGETHER) return [finding('table-cannot-be-read', file, key, '各表合计过大，无法检查：减少行数', 'the tables together are too large to be checked: write fewer rows')];
    const { findings, share } = faultsOf(entry, placed, { file, pack, version: String(version), key });
    taken += share;
    return findings;
  });
}

function faultsOf(entry: TableEntry, { file, key }: PlacedEntry, place: TablePlace): { readonly findings: Finding[]; readonly share: number } {
  try {
    const { overlaps, idle, share } = searchTable(entry, place);
    const findings = [
      ...overlaps.map(({ rows: [one, other], example }) => finding('rows-overlap', file, key,
        `行 ${one} 与行 ${other} 同时匹配，例如 ${shown(example)}：改条件，使其只匹配一行`, `rows ${one} and ${other} both match ${shown(example)}: change the conditions so that one row does`)),
      ...idle.map((row) => finding('row-never-decides', file, key, `行 ${row} 从不单独匹配：改条件，或删去`, `row ${row} never is the one that matches: change its conditions or take it out`)),
    ];
    return { findings, share };
  } catch (error) {
    if (!(error instanceof BadTable)) throw error;
    return { share: 0, findings: error.faults.map(({ message, zh }) => finding('table-cannot-be-read', file, key, `此表无法读取：${zh}`, `the table cannot be read: ${message}`)) };
  }
}

const shown = (example: TableInputs): string => Object.entries(example).map(([name, value]) => `${name} = ${String(value)}`).join(', ');
