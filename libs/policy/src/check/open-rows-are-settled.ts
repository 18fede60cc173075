import type { Bilingual } from 'aftercare/kernel';
import { boundEntries, type Bound } from '../adoption/policy-of.js';
import type { CompanyPolicy } from '../adoption/adoption.schema.js';
import type { TableEntry } from '../pack/pack.schema.js';
import { misfits } from '../tables/asked.js';
import { readRows } from '../tables/rows.js';
import { withSettled } from '../tables/tables-of-adoption.js';
import { wordsOfNoVocabulary } from '../tables/words-of-tables.js';
import { finding, type Finding } from './finding.js';
import { adopting, type Adopting, type PolicyFiles } from './policy-files.js';

const isTable = (bound: Bound): bound is Bound<TableEntry> => bound.entry.kind === 'table';

/** The one table that decides under this adoption; what is settled goes into it and into no other. */
const decidingTable = ({ company, packs }: Adopting, key: string): Bound<TableEntry> | undefined =>
  boundEntries({ format: 1, company, packs: packs.map(({ pack }) => pack) }, key).find(isTable);

export function settlementsOfNothing(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => [...new Set(one.company.settle.map(({ table }) => table))].flatMap((key) => {
    const table = decidingTable(one, key);
    if (!table) return [finding('settle-names-nothing', one.file, key, '采用的政策中没有此表：改正拼写，或删去', 'no adopted pack has this table: correct its spelling or take it out')];
    const settled = one.company.settle.filter(({ table: named }) => named === key);
    return faultsBy(table, settled).map(({ zh, en }) => finding('settle-names-nothing', one.file, key, `所定内容不成立：${zh}`, `cannot be settled like this: ${en}`));
  }));
}

/** What is wrong only because of what was settled; a table that is wrong by itself is told about in its own file. */
function faultsBy({ entry, pack, version, key }: Bound<TableEntry>, settled: CompanyPolicy['settle']): readonly Bilingual[] {
  const faults = (rows: CompanyPolicy['settle']): readonly Bilingual[] => [
    ...readRows(entry, { pack, version, key }, rows).faults.map(({ message, zh }) => ({ zh, en: message })),
    ...misfits(key, withSettled(entry, rows)),
    ...wordsOfNoVocabulary(key, withSettled(entry, rows)),
  ];
  return faults([]).length > 0 ? [] : faults(settled);
}

/** Where the source leaves a question open, a company has to answer it or say that a person does. */
export function openRowsLeft(files: PolicyFiles): Finding[] {
  return adopting(files).flatMap((one) => {
    const { company, packs, file } = one;
    const keys = new Set([company.own, ...packs.map(({ pack }) => pack.params)].flatMap((params) => Object.keys(params)));
    return [...keys].flatMap((key) => (decidingTable(one, key)?.entry.value ?? [])
      .filter(({ id, then }) => then === null && !company.settle.some(({ table, row }) => table === key && row === id))
      .map(({ id }) => finding('open-row-left', file, key,
        `行 ${id} 原文未定：在 settle 中写明结果，或写 then: null 有意留给人判定`, `row ${id} is open in the source: settle it under settle, or write then: null to leave it to a person on purpose`)));
  });
}
