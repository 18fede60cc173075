import { decimalYuan, type Bilingual } from 'aftercare/kernel';
import type { TableEntry } from '../pack/pack.schema.js';
import { fullWidthIn } from '../pack/yaml-words.js';
import { BadTable, searchTable, type TableSearch } from '../tables/decision-table.js';
import type { TableInputs } from '../terms.js';
import { finding, type Finding } from './finding.js';
import { ownEntries, packEntries, type PlacedEntry, type PolicyFiles } from './policy-files.js';

/** Tables of the largest size that one document may have; the shipped ones together are less than a twentieth of one. */
const MOST_TOGETHER = 2;

export function tablesThatNameNoOneRow(files: PolicyFiles): Finding[] {
  return searched(files, ({ file, key, entry }, { overlaps, idle }) => [
    ...overlaps.map(({ rows: [one, other], example }) => finding('rows-overlap', file, key,
      `行 ${one} 与行 ${other} 同时匹配，例如 ${shown(example, entry)}：改条件，使其只匹配一行`, `rows ${one} and ${other} both match ${shown(example, entry)}: change the conditions so that one row does`)),
    ...idle.map((row) => finding('row-never-decides', file, key, `行 ${row} 从不单独匹配：改条件，或删去`, `row ${row} never is the one that matches: change its conditions or take it out`)),
  ], ({ file, key }, { message, zh }) => {
    const hint = fullWidthIn(message);
    return finding('table-cannot-be-read', file, key, `此表无法读取：${zh}${hint === null ? '' : `（${hint.zh}）`}`, `the table cannot be read: ${message}${hint === null ? '' : ` (${hint.en})`}`);
  });
}

/** What stands between two bands and in neither is left to a person, which whoever wrote `<` and `>` rarely meant. */
export function holesInTables(files: Pick<PolicyFiles, 'packs' | 'companies'>): Bilingual[] {
  return searched(files, ({ pack, key, entry }, { holes }) => holes.map((hole) => ({
    zh: `${pack}/${key} 没有适用于 ${shown(hole, entry)} 的行：届时由人判定；若非本意，请补上一行`, en: `${pack}/${key} has no row for ${shown(hole, entry)}: a person decides there; add a row if that is not meant`,
  })), () => null);
}

type TablePlaced = PlacedEntry & { readonly entry: TableEntry };

function searched<T>(files: Pick<PolicyFiles, 'packs' | 'companies'>, tell: (placed: TablePlaced, found: TableSearch) => T[], bad: (placed: TablePlaced, fault: { readonly message: string; readonly zh: string }) => T | null): T[] {
  let taken = 0;
  return [...packEntries(files), ...ownEntries(files)].flatMap((placed) => {
    const { entry, file, pack, version, key } = placed;
    if (entry.kind !== 'table' || entry.value === null) return [];
    const table = { ...placed, entry };
    const faulty = (faults: readonly { readonly message: string; readonly zh: string }[]): T[] => faults.map((fault) => bad(table, fault)).filter((one) => one !== null);
    if (taken > MOST_TOGETHER) return faulty([{ zh: '各表合计过大，无法检查：减少行数', message: 'the tables together are too large to be checked: write fewer rows' }]);
    try {
      const found = searchTable(entry, { file, pack, version: String(version), key });
      taken += found.share;
      return tell(table, found);
    } catch (error) {
      if (!(error instanceof BadTable)) throw error;
      return faulty(error.faults);
    }
  });
}

/** Money as the table has it: nobody finds 199999 in a table that says 1999.99. */
const shown = (example: TableInputs, { inputs }: TableEntry): string =>
  Object.entries(example).map(([name, value]) => `${name} = ${inputs[name] === 'money' && typeof value === 'number' ? decimalYuan(value) : String(value)}`).join(', ');
