import type { AdoptionDocument } from '../adoption/document.js';
import { boundEntries } from '../adoption/policy-of.js';
import type { TableEntry } from '../pack/pack.schema.js';
import { TABLES_READ } from '../what-is-read.js';
import { misfits } from './asked.js';
import { BadTable, compileTable } from './decision-table.js';

/**
 * What is wrong with the tables that would decide under this adoption, with the rows that the company settled. Asked
 * before a document is adopted: afterwards a mistake would meet the first case that needs the table.
 */
export function faultsOfTables(document: AdoptionDocument): readonly string[] {
  const { company, packs } = document;
  const keys = new Set([company.own, ...packs.map(({ params }) => params)].flatMap((params) => Object.keys(params)));
  return [
    ...[...keys].flatMap((key) => faultsOfTable(document, key)),
    ...company.settle.filter(({ table }) => !keys.has(table)).map(({ table, row }) => `${company.id}/settle: ${row} of ${table}, which no adopted pack has 采用的政策中没有此表`),
  ];
}

function faultsOfTable(document: AdoptionDocument, key: string): readonly string[] {
  const bound = boundEntries(document, key);
  const [first] = bound;
  if (!first) return [];
  const { pack, version, entry } = first;
  const isRead = (TABLES_READ as readonly string[]).includes(key);
  if (entry.kind !== 'table') return isRead ? [`${pack}/${key}: must be a table 须为决策表：写 kind: table`] : [];
  const settled = document.company.settle.filter(({ table }) => table === key);
  try {
    compileTable(entry, { pack, version, key, settled });
  } catch (error) {
    if (error instanceof BadTable) return error.faults.map(({ message, zh }) => `${message} ${zh}`);
    throw error;
  }
  return misfits(key, withSettled(entry, settled)).map(({ zh, en }) => `${pack}/${key}: ${en} ${zh}`);
}

/** The table as it decides: open rows with what the company made of them. */
export function withSettled(entry: TableEntry, settled: readonly { readonly row: string; readonly then: NonNullable<TableEntry['value']>[number]['then'] }[]): TableEntry {
  const value = (entry.value ?? []).map((row) => ({ ...row, then: row.then ?? settled.findLast((one) => one.row === row.id)?.then ?? null }));
  return { ...entry, value };
}
