import type { Pool } from 'pg';
import { CASE_INDEXES, CASE_TABLE, CASE_TOTALS, folded, type CaseEvent, type CaseRow } from './case-list.js';

type StoredRow = Omit<CaseRow, 'changedAt'> & { readonly key: string; readonly changed_at: string };

const UPSERT = `INSERT INTO case_list (key, product, lot, severity, stage, changed_at, steps)
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::integer[])
  ON CONFLICT (key) DO UPDATE SET stage = excluded.stage, changed_at = excluded.changed_at, steps = excluded.steps`;

/**
 * The case list in PostgreSQL for stores that bring no read models of their own, kept as an application would that cares
 * for speed: each batch reads its rows in one query, folds in memory and writes them back in one statement.
 */
export class CaseTable {
  constructor(private readonly pool: Pool) {}

  async create(): Promise<void> {
    for (const sql of CASE_TABLE) await this.pool.query(sql);
  }

  async take(events: readonly { readonly key: string; readonly at: string; readonly event: CaseEvent }[]): Promise<void> {
    const keys = [...new Set(events.map(({ key }) => key))];
    const { rows } = await this.pool.query<StoredRow>({ name: 'rows', text: 'SELECT * FROM case_list WHERE key = ANY($1)', values: [keys] });
    const cases = new Map<string, CaseRow>(rows.map(({ key, changed_at: changedAt, ...rest }) => [key, { ...rest, changedAt }]));
    for (const { key, at, event } of events) {
      const after = folded(cases.get(key) ?? null, event, at);
      if (after) cases.set(key, after);
    }
    const columns = (['product', 'lot', 'severity', 'stage', 'changedAt', 'steps'] as const).map((name) => [...cases.values()].map((row) => row[name]));
    await this.pool.query({ name: 'upsert', text: UPSERT, values: [[...cases.keys()], ...columns] });
  }

  async index(): Promise<void> {
    for (const sql of CASE_INDEXES) await this.pool.query(sql);
  }

  async totals(): Promise<{ readonly rows: number; readonly steps: number }> {
    const { rows: [found] } = await this.pool.query<{ rows: string; steps: string }>(CASE_TOTALS);
    return { rows: Number(found?.rows), steps: Number(found?.steps) };
  }
}
