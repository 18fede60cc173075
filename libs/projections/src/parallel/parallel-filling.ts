import type { Decode } from 'aftercare/event-store';
import type { FoldFailure } from '../folded-table.js';
import type { RebuildProgress } from '../rebuild-progress.js';
import { reasonOf } from '../thrown.js';
import type { View } from '../view.js';
import { Lane, Unfit } from './lane.js';
import { partOf } from './partition.js';

/** What a worker imports to fold the same views as the program. */
export interface ViewsModule {
  viewsFor(argument: string): Promise<{ readonly views: readonly View[]; readonly decode: Decode }>;
}

export interface ParallelOptions {
  /** ES module that is a `ViewsModule`, as a file URL, and what to ask it for. */
  readonly module: string;
  readonly argument: string;
  /** Threads beside the one that reads; 2 unless told. */
  readonly workers?: number;
  /** A shorter log is folded sooner than threads are started; 100,000 events unless told. */
  readonly fromEvents?: number;
}

export interface FillWish {
  readonly views: readonly View[];
  tableOf(view: View): string;
  readonly end: number;
  readonly mostInMemory: number;
  onProgress(progress: RebuildProgress): void;
}

type ReadBytes = (from: number, limit: number) => Promise<readonly Uint8Array[]>;

const BATCH = 1_024;

/**
 * Folds a log from index 0 in several threads. All events of streams with one id go to the same thread, in order, so a
 * row is folded as it is in one thread; a view for which that is not enough is noticed at its first such event.
 */
export class ParallelFilling {
  readonly #unfit = new Set<string>();
  /** Why the last long log was folded in one thread after all. */
  whySerial: string | null = null;

  constructor(private readonly file: string, private readonly readBytes: ReadBytes, private readonly options: ParallelOptions) {}

  /** With the one that reads. */
  get threads(): number {
    return 1 + (this.options.workers ?? 2);
  }

  /** Null when these views cannot be, or are not worth being, folded in parts. Otherwise where folds threw. */
  async fill(wish: FillWish): Promise<readonly FoldFailure[] | null> {
    this.whySerial = null;
    if (wish.end < (this.options.fromEvents ?? 100_000)) return null;
    const unfit = wish.views.find(({ name }) => this.#unfit.has(name));
    if (unfit) return this.#serial(new Unfit(unfit.name));
    let answers = true;
    const readBytes: ReadBytes = (from, limit) => this.readBytes(from, limit).catch((error: unknown) => { answers = false; throw error; });
    try {
      return await this.#deal(wish, readBytes);
    } catch (error) {
      // Without the log one thread would not get further either; whatever else ends threads need not end a rebuild.
      if (!answers) throw error;
      if (error instanceof Unfit) this.#unfit.add(error.view);
      return this.#serial(error);
    }
  }

  #serial(error: unknown): null {
    this.whySerial = reasonOf(error);
    return null;
  }

  async #deal({ views, tableOf, end, mostInMemory, onProgress }: FillWish, readBytes: ReadBytes): Promise<readonly FoldFailure[]> {
    const { module, argument, workers = 2 } = this.options;
    const tables = Object.fromEntries(views.map((view) => [view.name, tableOf(view)]));
    const lanes = Array.from({ length: workers }, () => new Lane({ module, argument, file: this.file, tables, mostInMemory: mostInMemory / workers }));
    try {
      for (let at = 0; at < end;) {
        const records = await readBytes(at, Math.min(BATCH, end - at));
        if (records.length === 0) throw new Error(`the log ends at ${at}, before ${end}`);
        await dealOut(lanes, at, records);
        at += records.length;
        onProgress({ done: at, of: end });
      }
      return (await Promise.all(lanes.map((lane) => lane.finish()))).flat();
    } finally {
      await Promise.all(lanes.map((lane) => lane.end()));
    }
  }
}

async function dealOut(lanes: readonly Lane[], from: number, records: readonly Uint8Array[]): Promise<void> {
  const indexes = lanes.map((): number[] => []);
  const events = lanes.map((): Buffer[] => []);
  records.forEach((record, i) => {
    const bytes = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
    const part = partOf(bytes, lanes.length);
    indexes[part]?.push(from + i);
    events[part]?.push(bytes);
  });
  await Promise.all(lanes.map((lane, i) => lane.send(indexes[i] ?? [], events[i] ?? [])));
}
