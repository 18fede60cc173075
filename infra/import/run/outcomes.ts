import type { ImportRowResult } from 'aftercare/contracts';
import type { RowRefusal } from '../readers/source-row.js';
import type { Batch } from './batches.js';
import type { Bucket } from './tally.js';

export interface Reject {
  readonly row: number;
  readonly key: string | null;
  readonly refusal: RowRefusal;
}

/** Where each row of a batch ended, in the order of the file. @throws Error when an answer is not the one of its row */
export function outcomesOf(batch: Batch, results: readonly ImportRowResult[]): { readonly buckets: readonly Bucket[]; readonly rejects: readonly Reject[] } {
  const rejects: Reject[] = [];
  const buckets = batch.entries.map((entry): Bucket => {
    if ('refusal' in entry) {
      rejects.push(entry);
      return 'refused';
    }
    const result = results[entry.place];
    if (!result || result.key !== entry.key) throw new Error(`the answer for row ${entry.row} is about another row`);
    if ('receipt' in result) return result.receipt.repeated ? 'repeated' : 'imported';
    const { code, field, rule, detail_en: en, detail_zh: zh } = result.problem;
    rejects.push({ row: entry.row, key: entry.key, refusal: { code, zh, en, ...(field && { field }), ...(rule && { rule }) } });
    return 'refused';
  });
  return { buckets, rejects };
}
