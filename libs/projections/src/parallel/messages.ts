import type { FoldFailure } from '../folded-table.js';

/** What a worker is told at its start. */
export interface FillOrder {
  /** ES module with `viewsFor`, as a file URL, and what to ask it for. */
  readonly module: string;
  readonly argument: string;
  readonly file: string;
  /** Table names of the views to fold, by view name. */
  readonly tables: Readonly<Record<string, string>>;
  readonly mostInMemory: number;
}

/** Events of one worker in index order, back to back; `ends` says where each ends. */
export interface FillBatch {
  readonly indexes: Float64Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type ToWorker = FillBatch | 'finish';

/** The answer to each batch and to `finish`. */
export interface FromWorker {
  readonly failures: readonly FoldFailure[];
  /** A view whose rows depend on events of several parts; nothing folded so far is of use. */
  readonly unfit: string | null;
  readonly finished: boolean;
}
