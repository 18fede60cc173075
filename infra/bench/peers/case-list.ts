import type { Recorded } from 'aftercare/kernel';
import { defineView } from 'aftercare/projections';

export type CaseEvent =
  | { readonly type: 'BenchCaseRegistered'; readonly data: { readonly product: string; readonly lot: string; readonly severity: string; readonly quantity: number } }
  | { readonly type: 'BenchCaseStep'; readonly data: { readonly stage: string; readonly opinion: string } };

export type CaseRow = Readonly<{ product: string; lot: string; severity: string; stage: string; changedAt: string; steps: number }>;

/** The read model that every contestant builds: a list of cases with two indexes, as every department has one. */
export const caseList = defineView<CaseRow, CaseEvent>({
  name: 'bench-case', shape: 1, indexed: ['stage', 'lot'],
  columns: { product: 'text', lot: 'text', severity: 'text', stage: 'text', changedAt: 'text', steps: 'integer' },
  key: (event) => event.stream,
  fold: (row, event) => folded(row, event, (event as Recorded<CaseEvent>).recordedAt),
});

/** The same fold for contestants that bring their own way of keeping rows. */
export function folded(row: CaseRow | null, event: CaseEvent, at: string): CaseRow | null {
  if (event.type === 'BenchCaseRegistered') {
    const { product, lot, severity } = event.data;
    return { product, lot, severity, stage: 'registered', changedAt: at, steps: 0 };
  }
  return row && { ...row, stage: event.data.stage, changedAt: at, steps: row.steps + 1 };
}

const COLUMNS = 'key TEXT PRIMARY KEY, product TEXT NOT NULL, lot TEXT NOT NULL, severity TEXT NOT NULL, stage TEXT NOT NULL, changed_at TEXT NOT NULL, steps INTEGER NOT NULL';
export const CASE_TABLE = ['DROP TABLE IF EXISTS case_list', `CREATE TABLE case_list (${COLUMNS})`] as const;
/** Made after the rows, as our rebuild does, because an index that grows row by row costs more. */
export const CASE_INDEXES = ['CREATE INDEX case_list_by_stage ON case_list (stage)', 'CREATE INDEX case_list_by_lot ON case_list (lot)'] as const;
export const CASE_TOTALS = 'SELECT count(*) AS rows, sum(steps) AS steps FROM case_list';
